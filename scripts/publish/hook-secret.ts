import type { Account } from "../cloudflare/sign-in.ts";
import { listSecrets } from "../cloudflare/worker-versions.ts";
import type { Project } from "../config/read-project.ts";

/** The secret of the Worker with which it calls the hook that publishes, as in `src/http/env.ts`. */
const PUBLISH_HOOK = "PUBLISH_HOOK";

/** What is said where the Worker lacks the secret that its hook needs; null where it does not, or Cloudflare does not tell. */
export async function describeMissingSecret(
  account: Account,
  { config: { name, table }, settings: { publishHook } }: Pick<Project, "config" | "settings">,
): Promise<string | null> {
  if (publishHook === null) return null;
  const secrets = await listSecrets(account, name);
  if (!secrets.ok || secrets.value.includes(PUBLISH_HOOK)) return null;
  const vars = (table["vars"] ?? {}) as Readonly<Record<string, unknown>>;
  if (PUBLISH_HOOK in vars) return null;
  const what = publishHook === "url" ? "the address of the hook" : "a token of GitHub's";
  return `publish_hook is set, but the Worker has no secret ${PUBLISH_HOOK}, so nobody is called when an article is due. Give it ${what}: npx wrangler secret put ${PUBLISH_HOOK} --name ${name}`;
}
