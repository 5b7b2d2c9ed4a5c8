/** The first part of `npm run old-engines`: brings old browsers into `build`, some 35 MB each, where they are not there. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { OldEngine } from "./old-engines.ts";
import { OLD_ENGINES, programOf } from "./old-engines.ts";

for (const engine of OLD_ENGINES) {
  if (existsSync(programOf(engine))) continue;
  console.log(`Fetching ${engine.name}…`);
  await fetchEngine(engine);
}

async function fetchEngine(engine: OldEngine): Promise<void> {
  const program = programOf(engine);
  const folder = dirname(program);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  execFileSync("npm", ["pack", `chrome-aws-lambda@${engine.version}`, "--silent"], { cwd: folder });
  const [name = ""] = await readdir(folder);
  const archive = join(folder, name);
  const digest = createHash("sha512")
    .update(await readFile(archive))
    .digest("base64");
  if (`sha512-${digest}` !== engine.integrity) {
    throw new Error(
      `${archive} is not what it was: its digest is sha512-${digest}. Nothing of it was run.`,
    );
  }
  execFileSync("tar", ["-xzf", archive, "-C", folder, engine.member]);
  const unpacked = brotliDecompressSync(await readFile(join(folder, engine.member)));
  // A program that is there is whole.
  await writeFile(`${program}.part`, unpacked, { mode: 0o755 });
  await rename(`${program}.part`, program);
  await rm(archive);
  await rm(join(folder, "package"), { recursive: true });
}
