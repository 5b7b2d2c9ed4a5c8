/** `offprint init`: makes a site of a folder, be it empty, a Jekyll repository, or one with articles. */
import { resolve } from "node:path";
import { canonicalLanguage } from "../src/domain/canonical-language.ts";
import { describePlan } from "./init/describe-plan.ts";
import { describeInitFailure } from "./init/init-failure.ts";
import { planSite } from "./init/plan-site.ts";
import { writeSite } from "./init/write-site.ts";
import { flag, text } from "./terminal/option-kinds.ts";
import { REAL_IO } from "./terminal/real-io.ts";
import { EXIT_USAGE, runCommand } from "./terminal/run-command.ts";

const USAGE = `Usage: npx offprint init [options]

Makes a site of the folder: two sample articles where it is empty; in a Jekyll repository the settings that follow from
_config.yml and front matter, and a list of what could not be carried over.

Writes wrangler.toml, .gitignore, package.json and the samples, each only where there is none, and adds to a package.json
the scripts that it lacks. No file is written over; what is left to do by hand is said.

  --language tag   the language of samples and pages, such as zh-CN (default: of the articles, else what LANG says)
  --config a,b     Jekyll's files of settings, of which the later count more (default: _config.yml)
  --workflow       writes .github/workflows/publish.yml too, which publishes with every push
  --dry-run        says what it would do, and shows wrangler.toml
  --root folder    the folder, which must be there (default: this one)
  --help           this text

Exit code: 0 done, or nothing to do; 2 errors in options, in _config.yml, or of the folder: nothing was written.`;

/** Makes a site of a folder. */
export async function init(args: readonly string[]): Promise<void> {
  await runCommand(
    {
      name: "npx offprint init",
      usage: USAGE,
      options: { language: text, config: text, workflow: flag, "dry-run": flag, root: text },
      run: makeSite,
    },
    args,
  );
}

interface InitOptions {
  readonly language: string | null;
  readonly config: string | null;
  readonly workflow: boolean;
  readonly "dry-run": boolean;
  readonly root: string | null;
}

function makeSite(options: InitOptions): number {
  const { language, config, workflow, "dry-run": isDryRun } = options;
  const tag = language === null ? null : canonicalLanguage(language);
  if (language !== null && tag === null) {
    REAL_IO.warn(`--language is "${language}"; write a BCP 47 tag such as zh-CN`);
    return EXIT_USAGE;
  }
  const root = resolve(options.root ?? ".");
  const { LC_ALL, LANG, npm_config_user_agent: npm = "" } = REAL_IO.environment;
  const plan = planSite({
    root,
    language: tag,
    configs: (config ?? "").split(",").filter(Boolean),
    hasWorkflow: workflow,
    locale: LC_ALL ?? LANG ?? "",
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    // A Node among the site's packages runs this, and the machine's own runs npm.
    nodeVersion: /\bnode\/v(\S+)/.exec(npm)?.[1] ?? process.versions.node,
    now: REAL_IO.now(),
  });
  if (!plan.ok) return refuse(describeInitFailure(plan.failure));
  if (!isDryRun) {
    const written = writeSite(root, plan.value.files);
    if (!written.ok) return refuse(describeInitFailure(written.failure));
  }
  describePlan(plan.value, isDryRun).forEach(REAL_IO.say);
  return 0;
}

function refuse(message: string): number {
  REAL_IO.warn(message);
  return EXIT_USAGE;
}
