import type { Outcome } from "./try-fault.ts";

const LONGEST_WORDS = 220;
const MOST_PLACES = 5;

/** The outcomes as a table of Markdown: what ended in the same way is one row. */
export function faultsTable(outcomes: readonly Outcome[]): string {
  const rows = [...Map.groupBy(outcomes, signature).values()].map(rowOf);
  const kills = outcomes.filter(({ isKill }) => isKill);
  const halves = outcomes.filter(({ live }) => live === "half").length;
  const wrong = outcomes.filter((outcome) => outcome.wrong.length > 0).length;
  const silence = Math.max(...outcomes.map(({ longestSilence }) => longestSilence)) / 1000;
  return [
    "| site | where | what | tried | live after it | exit code | said | next run |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    `${rows.length} rows of ${outcomes.length} deploys, ${kills.length} of them killed: ${halves} half releases, ${wrong} not as they have to be; the longest silence was ${silence} s.`,
  ].join("\n");
}

/** What makes two outcomes the same for whoever reads the table. */
function signature(outcome: Outcome): string {
  const { scene, live, exitCode, isKill, next } = outcome;
  return JSON.stringify([scene, placeOf(outcome), live, exitCode, isKill, wordsOf(outcome), next]);
}

/** Requests are together where what was said names each. */
function placeOf({ where }: Outcome): string {
  return /^[A-Z]+ /.test(where) ? "a request" : where;
}

/** What was said, without the request that it names. */
function wordsOf({ said, exitCode }: Outcome): string {
  if (exitCode === null) return "";
  return said
    .replaceAll(/(?:GET|PUT|POST|PATCH) \/[\w/%.-]+/g, "…")
    .replaceAll(/\(\/accounts[^)]*\)/g, "(…)")
    .replace(/: \{.*?(?=; a proxy|$)/, ": {…")
    .replaceAll(/"[pe]\/[\w-]{22}"/g, '"…"')
    .replace(/it (?:ends inside|begins with) [^;]*/, "…");
}

function rowOf(outcomes: readonly Outcome[]): string {
  const [first] = outcomes;
  if (first === undefined) throw new Error("There is no outcome");
  const { scene, live, exitCode, next } = first;
  const places = listed(
    outcomes.map(({ where }) => where),
    MOST_PLACES,
  );
  const faults = listed(outcomes.map(({ fault }) => fault));
  const cells = [
    scene,
    places,
    faults,
    outcomes.length,
    live,
    exitCode ?? "killed",
    shortened(wordsOf(first)),
    shortened(next),
  ];
  return `| ${cells.map((cell) => String(cell).replaceAll("|", String.raw`\|`)).join(" | ")} |`;
}

function listed(names: readonly string[], most = Number.POSITIVE_INFINITY): string {
  const all = [...new Set(names)];
  const more = all.length - most;
  return more > 0 ? `${all.slice(0, most).join(", ")} and ${more} more` : all.join(", ");
}

function shortened(words: string): string {
  return words.length <= LONGEST_WORDS ? words : `${words.slice(0, LONGEST_WORDS)}…`;
}
