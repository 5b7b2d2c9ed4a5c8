/** A `catch` for reading a file that need not exist: gives `absent` if it is missing, and rethrows any other error. */
export function unlessMissing<Absent>(absent: Absent): (error: unknown) => Absent {
  return (error) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return absent;
    throw error;
  };
}
