import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FakeCloudflare } from "./fake-cloudflare.ts";
import type { Program, ProgramRun } from "../../scripts/terminal/run-program.ts";

/** What wrangler writes where `WRANGLER_OUTPUT_FILE_PATH` says. */
interface OutputLine {
  readonly version_id?: string;
  readonly preview_url?: string;
}

/**
 * wrangler, as far as our commands run it: it sends to an account what the real one sends, request for request, but for the
 * code, of which only the release matters here.
 */
export function fakeWrangler(
  cloudflare: FakeCloudflare,
): (program: Program) => Promise<ProgramRun> {
  return async (program) => {
    try {
      const line = await act(program, cloudflare);
      const file = program.environment["WRANGLER_OUTPUT_FILE_PATH"] ?? "";
      await appendFile(file, `${JSON.stringify(line)}\n`);
      return { exitCode: 0, output: "" };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { exitCode: 1, output: `Total Upload: 1 KiB\n\n\u001B[31m✘ [ERROR] ${detail}\n` };
    }
  };
}

async function act(
  { args, cwd, environment }: Program,
  cloudflare: FakeCloudflare,
): Promise<OutputLine> {
  const account = environment["CLOUDFLARE_ACCOUNT_ID"] ?? "";
  const send = async (method: string, path: string, body: FormData | string): Promise<unknown> => {
    const address = `/accounts/${account}/workers/scripts/${path}`;
    const headers = { Authorization: cloudflare.authorization };
    const request = new Request(cloudflare.baseUrl + address, { method, headers, body });
    const response = await cloudflare.fetch(request);
    const { success, result, errors } = (await response.json()) as {
      success: boolean;
      result: unknown;
      errors: readonly { code: number; message: string }[];
    };
    if (success) return result;
    const why = errors.map(({ code, message }) => `${message} [code: ${code}]`).join("\n");
    throw new Error(`A request to the Cloudflare API (${address}) failed.\n\n  ${why}`);
  };
  const deployVersion = async (name: string, id: string, message: string): Promise<unknown> =>
    send(
      "POST",
      `${name}/deployments`,
      JSON.stringify({
        strategy: "percentage",
        versions: [{ version_id: id, percentage: 100 }],
        annotations: message === "" ? {} : { "workers/message": message },
      }),
    );

  const [verb = "", second = "", third = ""] = args;
  if (verb === "rollback" || (verb === "versions" && second === "deploy")) {
    const id = verb === "rollback" ? second : third.replace("@100%", "");
    await deployVersion(valueOf(args, "--name"), id, valueOf(args, "--message"));
    return { version_id: id };
  }
  if (verb !== "deploy" && !(verb === "versions" && second === "upload")) {
    throw new Error(`Unknown command: ${args.join(" ")}`);
  }
  const config = JSON.parse(await readFile(valueOf(args, "--config"), "utf8")) as {
    readonly name: string;
    readonly kv_namespaces: readonly { readonly binding: string; readonly id: string }[];
  };
  const release = new Uint8Array(await readFile(join(cwd, "build/release.bin")));
  const form = new FormData();
  const bindings = config.kv_namespaces.map(({ binding, id }) => ({
    type: "kv_namespace",
    name: binding,
    namespace_id: id,
  }));
  const annotations = {
    "workers/tag": valueOf(args, "--tag"),
    "workers/message": valueOf(args, "--message"),
  };
  form.set("metadata", JSON.stringify({ main_module: "worker.js", bindings, annotations }));
  form.set("release.bin", new File([release], "release.bin"), "release.bin");
  // The first version of a Worker goes live with its upload.
  const isFirst = verb === "deploy" && cloudflare.versions.length === 0;
  const path = isFirst ? config.name : `${config.name}/versions`;
  const { id: versionId } = (await send(isFirst ? "PUT" : "POST", path, form)) as { id: string };
  if (verb === "versions") {
    return {
      version_id: versionId,
      preview_url: `https://${versionId.slice(0, 8)}-site.stand-in.workers.dev`,
    };
  }
  if (!isFirst) await deployVersion(config.name, versionId, "");
  return { version_id: versionId };
}

/** `--tag=x` or `--tag x`. */
function valueOf(args: readonly string[], option: string): string {
  const joined = args.find((arg) => arg.startsWith(`${option}=`));
  return joined?.slice(option.length + 1) ?? args[args.indexOf(option) + 1] ?? "";
}
