import { dirname, join, relative, sep } from "node:path";
import type { IO } from "../../terminal/io.ts";
import { statOf } from "../files/stat-of.ts";
import { AS_KEPT } from "./committed-blobs.ts";
import { mayBeInCheckout } from "./may-be-in-checkout.ts";
import { runGit } from "./run-git.ts";

/** Files that git's index names and that a sparse checkout has left away. */
export interface AbsentFiles {
  /** Their absolute paths, with blob ids; null where the blob is not what a checkout would have, as with Git LFS. */
  readonly blobs: ReadonlyMap<string, string | null>;
  /** Puts files on disk, those of them that are absent. Fails with `CheckoutFailed` if git does not. */
  readonly checkOut: (files: Iterable<string>) => Promise<void>;
}

/** Git did not put files on disk that a sparse checkout has left away. */
export class CheckoutFailed extends Error {}

/** `S 100644 {blob} 0\t{path}`: a file that is not to be on disk. */
const LEFT_AWAY = /^S \d+ (?<blob>[\da-f]{40}) 0\t(?<path>.+)$/s;

/**
 * Asks git which files of some folders a sparse checkout has left away; none where there is no git, or the checkout is whole.
 *
 * @param folders absolute; they may be left away themselves
 */
export async function findAbsentFiles(
  folders: readonly string[],
  environment: IO["environment"],
): Promise<AbsentFiles> {
  const blobs = new Map<string, string | null>();
  /** The folder in which git knows each file. */
  const places = new Map<string, string>();
  /** The folders that were asked about, with the checkouts that they are in. */
  const asked: (readonly [folder: string, checkout: string])[] = [];
  for (const folder of folders.toSorted((one, other) => one.length - other.length)) {
    const place = nearestFolder(folder);
    const checkout = await sparseCheckoutOf({ folder: place, environment });
    const isAsked = asked.some(
      ([above, its]) => its === checkout && `${folder}${sep}`.startsWith(`${above}${sep}`),
    );
    if (checkout === null || isAsked) continue;
    asked.push([folder, checkout]);
    const inside = relative(place, folder).split(sep).join("/");
    for (const { path, blob } of await leftAway({ folder: place, environment }, inside)) {
      const file = join(place, path);
      // What lies there all the same is read as it is.
      if (statOf(file) !== null) continue;
      blobs.set(file, blob);
      places.set(file, place);
    }
  }
  return {
    blobs,
    checkOut: async (files) => {
      const wanted = [...new Set(files)].filter((file) => blobs.has(file));
      for (const [folder, own] of Map.groupBy(wanted, (file) => places.get(file) ?? "")) {
        const names = own.map((file) => relative(folder, file).split(sep).join("/"));
        await fetchAhead(
          { folder, environment },
          own.flatMap((file) => blobs.get(file) ?? []),
        );
        await checkOutIn({ folder, environment }, names);
      }
      for (const file of wanted) blobs.delete(file);
    },
  };
}

interface Place {
  readonly folder: string;
  readonly environment: IO["environment"];
}

/** The innermost folder above, or the folder itself, that is on disk. */
function nearestFolder(folder: string): string {
  const above = dirname(folder);
  return above === folder || statOf(folder)?.isDirectory() === true ? folder : nearestFolder(above);
}

interface LeftAway {
  /** Relative to the folder that was asked. */
  readonly path: string;
  readonly blob: string | null;
}

/** The root of the checkout that a folder is in; null if it is in none, or in one that is whole. */
async function sparseCheckoutOf(place: Place): Promise<string | null> {
  try {
    if (!mayBeInCheckout(place.folder, place.environment)) return null;
    const isSparse = ["config", "--null", "--type=bool", "--get", "core.sparseCheckout"];
    if ((await runGit(isSparse, place))[0] !== "true") return null;
    return (await runGit(["rev-parse", "--show-toplevel"], place))[0] ?? null;
  } catch {
    return null;
  }
}

async function leftAway(place: Place, inside: string): Promise<readonly LeftAway[]> {
  const list = ["ls-files", "--stage", "-t", "-z", "--"];
  const [all, kept] = await Promise.all(
    ["literal", `literal,${AS_KEPT}`].map(async (magic) =>
      runGit([...list, `:(${magic})${inside}`], place),
    ),
  ).catch(() => []);
  const asKept = new Set(kept);
  return (all ?? []).flatMap((line) => {
    const { path, blob } = LEFT_AWAY.exec(line)?.groups ?? {};
    if (path === undefined || blob === undefined) return [];
    return { path, blob: asKept.has(line) ? blob : null };
  });
}

/** Git asks for what a partial clone lacks file by file, each with a connection of its own; this asks for all of it at once. */
async function fetchAhead(place: Place, blobs: readonly string[]): Promise<void> {
  try {
    const promising = ["config", "--null", "--name-only", "--get-regexp", PROMISOR];
    const [name = ""] = await runGit(promising, place);
    const remote = new RegExp(PROMISOR).exec(name)?.[1];
    if (remote === undefined || blobs.length === 0) return;
    const quiet = ["--quiet", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no"];
    const fetch = ["fetch", ...quiet, "--filter=blob:none", "--stdin", remote];
    const input = blobs.map((blob) => `${blob}\n`).join("");
    await runGit(["-c", "fetch.negotiationAlgorithm=noop", ...fetch], { ...place, input });
  } catch {
    // The clone is whole, or git asks for each by itself.
  }
}

const PROMISOR = String.raw`^remote\.(.+)\.promisor$`;

async function checkOutIn(place: Place, paths: readonly string[]): Promise<void> {
  const input = paths.map((path) => `${path}\0`).join("");
  const sparse = "--ignore-skip-worktree-bits";
  try {
    await runGit(["checkout-index", "--quiet", sparse, "-z", "--stdin"], { ...place, input });
    return;
  } catch {
    // Git before 2.36 does not know the option; what follows compares each name with each file.
  }
  const environment = { ...place.environment, GIT_LITERAL_PATHSPECS: "1" };
  const names = ["--pathspec-from-file=-", "--pathspec-file-nul"];
  try {
    await runGit(["checkout", "--quiet", sparse, ...names], { ...place, environment, input });
  } catch (error) {
    throw new CheckoutFailed(error instanceof Error ? error.message : String(error));
  }
}
