/** `npm run deploy`, or `offprint deploy`: bundles the articles, uploads what KV lacks, and switches the Worker to the new release. */
import { findConfigFile } from "./config/config-file.ts";
import { projectIO } from "./config/project-io.ts";
import { ROOT_MEANING, rootOption } from "./config/root-option.ts";
import { deployFolder } from "./publish/deploy-folder.ts";
import { LEAST_FILES_FOR_INDEX } from "./publish/live-index.ts";
import { failureMessage } from "./publish/failure-messages.ts";
import { EXIT_CODES_HELP, exitCodeOf } from "./publish/exit-codes.ts";
import { REMOVED_FILE } from "./removed/read-removed.ts";
import { Interruption } from "./terminal/interruption.ts";
import { environmentOption, flag, wholeNumber } from "./terminal/option-kinds.ts";
import { runCommand } from "./terminal/run-command.ts";

const USAGE = `Usage: npm run deploy -- [options]
   or: npx offprint deploy [options]

Publishes the articles that the settings name: checks them, uploads what KV lacks, and switches the Worker. Until the
switch nothing changes for readers; broken off at any point, the next run goes on.

  --dry-run            say what would be done, and do nothing; it has to sign in too, to see what is live
  --preview            put the release on an address of its own; the site stays as it is
  --confirm-removals   articles that vanish are meant to: write them into ${REMOVED_FILE}, so that they answer 410
  --confirm-returns    withdrawn articles whose line in ${REMOVED_FILE} is gone are meant to be read again
  --confirm-new-ids    articles that readers will show once more, since feeds have another id for them, are meant to
  --max-writes n       values that this run may write to KV, instead of the setting writes_per_deploy
  --replace            replace the Worker though nobody can say what it serves: one that Offprint did not deploy
  --env name, -e name  an environment of wrangler's instead of the site itself: the settings of [env.name], a Worker, a KV
                       namespace and a folder in build/ of its own
  --root dir           ${ROOT_MEANING}
  --help               this text

${EXIT_CODES_HELP}

Environment
  CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID   instead of npx wrangler login
  CLOUDFLARE_ENV                                the environment, where --env does not say it
  HTTPS_PROXY, NO_PROXY                         a proxy for all requests, and what is asked without it
  OFFPRINT_SOURCES                              source folders, with commas between, instead of those in the settings

The files .env, .env.local and, with --env name, .env.name and .env.name.local are read as wrangler reads them.`;

const FAREWELL =
  "Broken off: unless a line above says that the release is live, readers see the site as it was. The same command goes on where this one was";

/**
 * Deploys a site.
 *
 * @param worldOf the world for the site in a folder and an environment
 */
export async function deploy(args: readonly string[], worldOf = projectIO): Promise<void> {
  await runCommand(
    {
      name: "npm run deploy --",
      usage: USAGE,
      options: {
        "dry-run": flag,
        preview: flag,
        "confirm-removals": flag,
        "confirm-returns": flag,
        "confirm-new-ids": flag,
        "max-writes": wholeNumber(2, 1_000_000, null),
        replace: flag,
        env: environmentOption,
        root: rootOption,
      },
      afterTrouble: "run the same again; npm run release -- list says what is live",
      run: async (options) => {
        const io = worldOf(options.root, options.env);
        const interruption = new Interruption(io, FAREWELL);
        const result = await deployFolder(
          options.root,
          {
            kind: options.preview ? "preview" : "deploy",
            isDryRun: options["dry-run"],
            mayReplace: options.replace,
            confirmsRemovals: options["confirm-removals"],
            mayReturn: options["confirm-returns"],
            mayRename: options["confirm-new-ids"],
            mostWrites: options["max-writes"],
            leastIndexed: LEAST_FILES_FOR_INDEX,
          },
          io,
          interruption,
        );
        if (result.ok) return interruption.exitCode ?? 0;
        io.warn(failureMessage(result.failure, findConfigFile(options.root)));
        return interruption.exitCode ?? exitCodeOf(result.failure);
      },
    },
    args,
  );
}
