import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentHash } from "../../../src/store/content-hash.ts";
import { programHashes } from "../../../scripts/bundle/program-hashes.ts";
import { writeWorker } from "../../../scripts/bundle/write-worker.ts";
import type { ProgramSource } from "../../../scripts/program/load-program.ts";
import { FIXTURE_RENDERERS } from "../../seed-worker-tests.ts";

const made = { code: "a", times: 0 };
const PROGRAM: ProgramSource = {
  hash: async () => contentHash([made.code]),
  load: async () => {
    made.times += 1;
    return {
      worker: `export default "${made.code}";\n`,
      workerMap: "{}",
      renderers: FIXTURE_RENDERERS,
      reading: contentHash(["reading", made.code]),
    };
  },
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "offprint-made-"));
  Object.assign(made, { code: "a", times: 0 });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("what of the program gets into a site", () => {
  it("is made again only of other code, or where the Worker was changed or deleted", async () => {
    const file = join(folder, "build/worker.js");
    expect(await writeWorker(folder, PROGRAM)).toBe(`export default "a";\n`);
    const first = readFileSync(file, "utf8");
    expect(first).toBe(`export default "a";\n//# sourceMappingURL=worker.js.map\n`);
    expect(await writeWorker(folder, PROGRAM)).toBe(`export default "a";\n`);
    expect(made.times).toBe(1);
    writeFileSync(file, "else");
    await writeWorker(folder, PROGRAM);
    expect([made.times, readFileSync(file, "utf8")]).toEqual([2, first]);
    rmSync(`${file}.map`);
    await writeWorker(folder, PROGRAM);
    expect([made.times, readFileSync(`${file}.map`, "utf8")]).toEqual([3, "{}"]);
    made.code = "b";
    expect(await writeWorker(folder, PROGRAM)).toBe(`export default "b";\n`);
  });

  it("is known by hashes that are kept with that of the code", async () => {
    const reading = contentHash(["reading", "a"]);
    expect(await programHashes(folder, PROGRAM)).toMatchObject({
      reading,
      renderers: FIXTURE_RENDERERS,
    });
    expect(await programHashes(folder, PROGRAM)).toMatchObject({
      reading,
      renderers: FIXTURE_RENDERERS,
    });
    expect(made.times).toBe(1);
    made.code = "b";
    expect(await programHashes(folder, PROGRAM)).toMatchObject({
      reading: contentHash(["reading", "b"]),
    });
    writeFileSync(join(folder, "program.json"), `{"code":`);
    await programHashes(folder, PROGRAM);
    await programHashes(null, PROGRAM);
    expect(made.times).toBe(4);
  });
});
