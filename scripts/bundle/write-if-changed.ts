import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { platform } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

// Windows refuses to replace a file while another program, such as a virus scanner, has it open; that passes.
const BUSY: ReadonlySet<unknown> = new Set(["EPERM", "EACCES", "EBUSY"]);
const ATTEMPTS = 10;
const PAUSE_MILLISECONDS = 50;

/** What of the system replacing a file depends on; in tests it is a fake. */
export interface Mover {
  readonly platform: NodeJS.Platform;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

const REAL_MOVER: Mover = { platform: platform(), rename, wait: sleep };

/**
 * Writes a file unless it holds these bytes already, so that its watchers are not woken for nothing. Readers see the old
 * file or the new one, never a part of it.
 */
export async function writeIfChanged(
  path: string,
  bytes: Uint8Array,
  mover = REAL_MOVER,
): Promise<void> {
  const present = await readFile(path).catch(() => null);
  if (present?.equals(bytes) === true) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, bytes);
  await replace(`${path}.new`, path, mover);
}

async function replace(from: string, to: string, mover: Mover): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await mover.rename(from, to);
      return;
    } catch (error) {
      const isBusy = error instanceof Error && "code" in error && BUSY.has(error.code);
      if (mover.platform !== "win32" || !isBusy || attempt === ATTEMPTS) throw error;
    }
    await mover.wait(PAUSE_MILLISECONDS);
  }
}
