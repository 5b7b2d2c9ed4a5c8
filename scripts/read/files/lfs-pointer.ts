/** In bytes (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
export const LONGEST_LFS_POINTER = 1024;
export const LFS_POINTER = "a pointer of Git LFS, which stands for a file that is not here";
export const LFS_ADVICE = "run git lfs pull (in CI, check out with LFS)";

const BEGINNING = "version https://git-lfs.github.com/spec/";

/** Whether a file holds what git leaves in the place of a file of LFS until that is fetched. */
export function isLfsPointer(bytes: Uint8Array): boolean {
  return (
    bytes.length <= LONGEST_LFS_POINTER &&
    Buffer.from(bytes.subarray(0, BEGINNING.length)).toString("latin1") === BEGINNING
  );
}
