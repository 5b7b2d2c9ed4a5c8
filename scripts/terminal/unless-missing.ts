/** A `catch` for what reads a file that need not be there: gives `absent` in its place, and throws what is else. */
export function unlessMissing<Absent>(absent: Absent): (error: unknown) => Absent {
  return (error) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return absent;
    throw error;
  };
}
