import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { failed } from "../../src/domain/result.ts";
import { signIn } from "../cloudflare/sign-in.ts";
import { readProject } from "../config/read-project.ts";
import { describeOthers, readLiveSite } from "../publish/live-site.ts";
import { openDeployedNamespace } from "../publish/open-namespace.ts";
import type { Interruption } from "../terminal/interruption.ts";
import type { IO } from "../terminal/io.ts";
import { describeFollowers } from "./describe-followers.ts";
import { diffReleases } from "./diff-releases.ts";
import { listReleases } from "./list-releases.ts";
import { pruneReleases } from "./prune-releases.ts";
import type { ReleaseOptions, ReleasedSite, VerbResult } from "./verb-answer.ts";
import type { VerbName } from "./verb-help.ts";
import { VERB_HELP, isVerb } from "./verb-help.ts";
import { resumeDeploys, rollBack } from "./roll-back.ts";
import { verifyRelease } from "./verify-release.ts";

interface Verb {
  readonly run: (site: ReleasedSite) => VerbResult;
  /** How many releases or versions may be named. */
  readonly mostNames: number;
}

const OPTIONS_OF_ALL: readonly string[] = ["json", "env", "root", "help"];

const VERBS: Readonly<Record<VerbName, Verb>> = {
  list: { run: listReleases, mostNames: 0 },
  diff: { run: diffReleases, mostNames: 2 },
  rollback: { run: rollBack, mostNames: 1 },
  resume: { run: resumeDeploys, mostNames: 0 },
  prune: { run: pruneReleases, mostNames: 0 },
  verify: { run: verifyRelease, mostNames: 1 },
  stats: { run: describeFollowers, mostNames: 0 },
};

/** Runs a verb of `npm run release` for the project in a folder. */
export async function runVerb(
  root: string,
  name: string,
  options: ReleaseOptions,
  io: IO,
  interruption: Interruption,
): VerbResult {
  if (!isVerb(name)) {
    return failed({ reason: "verb-unknown", verb: name, verbs: Object.keys(VERBS) });
  }
  const verb = VERBS[name];
  const known: readonly string[] = [...OPTIONS_OF_ALL, ...VERB_HELP[name].options];
  const superfluous = [
    ...options.names.slice(verb.mostNames),
    ...options.given.filter((option) => !known.includes(option)).map((option) => `--${option}`),
  ];
  if (superfluous.length > 0) {
    return failed({ reason: "verb-takes-less", verb: name, superfluous });
  }
  const project = readProject(root, { ...io.environment, OFFPRINT_URL: undefined });
  if (!project.ok) return project;
  const { config, settings } = project.value;
  const account = await signIn(root, config, io);
  if (!account.ok) return account;
  const namespace = await openDeployedNamespace(account.value, config);
  if (!namespace.ok) return namespace;
  const live = await readLiveSite(account.value, config.name);
  if (!live.ok) return live;
  const others = describeOthers(live.value);
  if (others !== null) io.warn(others);
  return verb.run({
    root,
    account: account.value,
    config,
    settings,
    io,
    interruption,
    namespace: namespace.value,
    live: live.value,
    options,
    now: Math.floor(io.now() / MILLISECONDS_PER_SECOND),
  });
}
