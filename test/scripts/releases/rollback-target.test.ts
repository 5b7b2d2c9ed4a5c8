import { describe, expect, it } from "vitest";
import type { LiveSite } from "../../../scripts/publish/live-site.ts";
import { toLiveSite, versionMessage } from "../../../scripts/publish/live-site.ts";
import { findRollbackTarget } from "../../../scripts/releases/rollback-target.ts";

const release = (letter: string): string => letter.repeat(22);

/** Versions named by their release and code (`a1`, `a2-preview`, `a1-again`), newest first, and which of them served. */
function site(versions: readonly string[], ...deployed: readonly string[]): LiveSite {
  const all = versions.map((id) => ({
    id,
    createdOn: "",
    tag: id === "foreign" ? null : release(id.charAt(0)),
    message: versionMessage(
      5,
      release(id.charAt(1)),
      id.endsWith("-preview") ? "preview" : "deploy",
    ),
  }));
  const deployments = deployed.map((id, index) => ({
    id: `d${index}`,
    createdOn: "",
    message: null,
    versionIds: [id],
  }));
  return toLiveSite(deployments, all);
}

describe("findRollbackTarget", () => {
  it.each<[string, LiveSite, string | null, string]>([
    ["the release before", site(["b1", "a1"], "b1", "a1"), null, "a1"],
    ["the code before", site(["a2", "a1"], "a2", "a1"), null, "a1"],
    [
      "what came before a version that was rolled back to",
      site(["c1", "b1", "a1"], "b1", "c1", "b1", "a1"),
      null,
      "a1",
    ],
    [
      "past what is not Offprint's",
      site(["b1", "foreign", "a1"], "b1", "foreign", "a1"),
      null,
      "a1",
    ],
    [
      "past the same once more, under what is not Offprint's",
      site(["foreign", "b1-again", "b1", "a1"], "foreign", "b1-again", "b1", "a1"),
      null,
      "a1",
    ],
    [
      "what lies under what is not Offprint's, where it is named",
      site(["foreign", "b1", "a1"], "foreign", "b1", "a1"),
      release("b"),
      "b1",
    ],
    [
      "the version that was deployed, not a later preview of the release",
      site(["a2-preview", "b1", "a1"], "b1", "a1"),
      release("a"),
      "a1",
    ],
    [
      "the version that served a release last",
      site(["b1", "a2", "a1"], "b1", "a1", "a2"),
      release("a"),
      "a1",
    ],
    [
      "a preview that went live",
      site(["b1", "a1-preview"], "b1", "a1-preview"),
      release("a"),
      "a1-preview",
    ],
    [
      "what went live before the deployments that are listed",
      site(["c1", "a2-preview", "a1"], "c1"),
      release("a"),
      "a1",
    ],
    ["a version by its id", site(["a3", "a2", "a1"], "a3", "a2", "a1"), "a1", "a1"],
  ])("finds %s", (_, live, name, version) => {
    expect(findRollbackTarget(live, name)).toMatchObject({ ok: true, value: { id: version } });
  });

  it.each<[string, LiveSite, string | null]>([
    ["nothing-before", site(["b1-preview", "a1"], "a1"), null],
    ["live-already", site(["a2", "a1"], "a2", "a1"), release("a")],
    ["only-previewed", site(["b1-preview", "a1"], "a1"), release("b")],
    ["no-version", site(["a1"], "a1"), release("b")],
  ])("says %s", (reason, live, name) => {
    expect(findRollbackTarget(live, name)).toMatchObject({ ok: false, failure: { reason } });
  });
});
