import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { WranglerRun } from "../../../scripts/cloudflare/run-wrangler.ts";
import { runWrangler } from "../../../scripts/cloudflare/run-wrangler.ts";
import { MachineTrouble } from "../../../scripts/terminal/machine-trouble.ts";
import type { Program } from "../../../scripts/terminal/run-program.ts";
import { runProgram } from "../../../scripts/terminal/run-program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import type { FakeIO } from "../fake-io.ts";
import { FakeClock, fakeIO } from "../fake-io.ts";

const folder = temporaryFolder();
const COMMAND = {
  args: ["deploy", "--tag=-a b"],
  configFile: "settings.json",
  environment: { CLOUDFLARE_ACCOUNT_ID: "0f" },
};

/** Runs a program for Node in wrangler's place. */
async function run(code: string): Promise<WranglerRun> {
  const script = join(folder.path, "wrangler.mjs");
  writeFileSync(script, code);
  const io = fakeIO({ run: async (program, end) => runProgram({ ...program, script }, end) });
  return runWrangler({ ...COMMAND, cwd: folder.path }, io);
}

it("keeps both streams, the exit code, and what was said last of version and preview", async () => {
  const code = `
    import { appendFileSync } from "node:fs";
    const say = (line) => appendFileSync(process.env.WRANGLER_OUTPUT_FILE_PATH, JSON.stringify(line) + "\\r\\n");
    console.log("out");
    console.error("err");
    say({ type: "deploy", version_id: "1", preview_url: null });
    say({ preview_url: "https://a.example" });
    say({ type: "deploy", version_id: "2", preview_url: null });
    process.exitCode = 3;`;
  expect(await run(code)).toEqual({
    exitCode: 3,
    output: expect.stringMatching(/out\nerr\n|err\nout\n/) as string,
    versionId: "2",
    previewUrl: "https://a.example",
  });
});

it("hands over arguments and environment, and asks no questions", async () => {
  const { output } = await run(`
    const { CLOUDFLARE_ACCOUNT_ID, CI, NO_COLOR } = process.env;
    console.log(JSON.stringify([process.argv.slice(2), CLOUDFLARE_ACCOUNT_ID, CI, NO_COLOR]));`);
  expect(JSON.parse(output)).toEqual([
    ["deploy", "--tag=-a b", "--config", "settings.json", "--env="],
    "0f",
    "1",
    "1",
  ]);
});

it("runs the wrangler that is installed", async () => {
  const programs: Program[] = [];
  const io = fakeIO({
    run: async (program) => {
      programs.push(program);
      return { exitCode: 0, output: "" };
    },
  });
  await runWrangler({ ...COMMAND, cwd: folder.path }, io);
  expect(programs[0]?.script).toContain(join("node_modules", "wrangler"));
});

it("says where it can put nothing", async () => {
  // Windows has its folder for temporary files in TEMP.
  for (const name of ["TMPDIR", "TEMP"]) vi.stubEnv(name, join(folder.path, "gone"));
  await expect(run("")).rejects.toThrow(
    /^Cannot make a folder in ".*gone" \(ENOENT.*\); point TMPDIR to one that is there\. .* the live site is as it was$/,
  );
  await expect(run("")).rejects.toBeInstanceOf(MachineTrouble);
  vi.unstubAllEnvs();
});

/** A wrangler that works for so many seconds, or until it is ended. */
function slow(secondsOfWork: number): FakeIO {
  const clock = new FakeClock();
  return fakeIO(
    {
      run: async (_program, end) => {
        for (let second = 0; second < secondsOfWork && !end.aborted; second += 1) clock.pass(1000);
        return { exitCode: 0, output: "Uploading" };
      },
    },
    clock,
  );
}

it("says that it takes long", async () => {
  const io = slow(40);
  const { exitCode } = await runWrangler({ ...COMMAND, cwd: folder.path }, io);
  expect(exitCode).toBe(0);
  expect(io.lines).toEqual([
    "Waiting for wrangler deploy: 15 s so far, at most 1800 s",
    "Waiting for wrangler deploy: 30 s so far, at most 1800 s",
  ]);
});

it("ends it at its limit, and takes it for failed", async () => {
  const io = slow(Number.POSITIVE_INFINITY);
  const outcome = await runWrangler({ ...COMMAND, cwd: folder.path }, io, 60_000);
  expect(outcome).toEqual({
    exitCode: 1,
    output: "Uploading\n[ERROR] It did not end within 60 s, and was ended",
    versionId: null,
    previewUrl: null,
  });
});
