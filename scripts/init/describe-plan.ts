import type { SitePlan } from "./plan-site.ts";

/**
 * What `init` says, line by line: what it found, what it could not carry over, what it wrote, and what is left to do.
 *
 * @param isDryRun whether nothing is written, so that the settings are shown
 */
export function describePlan(plan: SitePlan, isDryRun: boolean): readonly string[] {
  const { files, report, byHand, isThere, taken } = plan;
  const names = files.map(({ path, before }) => (before === null ? path : `${path} (scripts)`));
  const run = (script: string, command: string): string => {
    if (taken.includes(script)) return `npx offprint ${command}`;
    return script === "start" ? "npm start" : `npm run ${script}`;
  };
  const settings = files.find(({ path }) => path === "wrangler.toml");
  const done =
    files.length === 0
      ? "Nothing to do: this is a site already, and no file was changed"
      : `${isDryRun ? "Would write" : "Wrote"} ${names.join(", ")}`;
  return [
    ...report,
    done,
    ...(byHand.length === 0 ? [] : ["To do by hand:", ...byHand.map((line) => `  ${line}`)]),
    ...(isThere || isDryRun
      ? []
      : [
          `Next: ${run("start", "start")} shows the site, ${run("check:content", "check")} what is wrong, ${run("deploy", "deploy")} publishes`,
        ]),
    ...(isDryRun && settings !== undefined ? ["", settings.text] : []),
  ];
}
