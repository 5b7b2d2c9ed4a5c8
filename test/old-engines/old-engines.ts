import { join } from "node:path";

/** An old build of Chromium, as a package of the npm registry carries it. */
export interface OldEngine {
  readonly name: string;
  /** Of the package `chrome-aws-lambda` (MIT). */
  readonly version: string;
  /** Of the package's archive, as package-lock.json would say it. */
  readonly integrity: string;
  /** The compressed program inside the archive. */
  readonly member: string;
}

/** The oldest one that the registry has, and those in which the faults of issue reports were seen. */
export const OLD_ENGINES: readonly OldEngine[] = [
  {
    name: "Chromium 64",
    version: "64.0.3264",
    integrity:
      "sha512-3XpUhpg5Qlbq8V/Pk5gzfSqcq3wSlfT1N98yzDY8a+PrrROx9XUCntkg4W1ZmisqLsWhmRLZQrKtDjTRBttwig==",
    member: "package/bin/chromium.br",
  },
  {
    name: "Chromium 75",
    version: "1.15.1",
    integrity:
      "sha512-DtQCqQNWV+15Cb1nkXNUMsyN0EtvL6hM0qaai2jjNPDUHygEcMn/4JV2N/FmyvtQnDoS0VoSDEmqtxDz4jrZ3w==",
    member: "package/bin/chromium-75.0.3765.0.br",
  },
  {
    name: "Chromium 80",
    version: "2.1.1",
    integrity:
      "sha512-Wer2QuygxsCov5bM2+8CLa6qYpNsc5AxYTlgTne00aFoxFP491LGJRxOQtGnYtsJP6UG4pB0SfrwTyPnLys1Lw==",
    member: "package/bin/chromium.br",
  },
];

const FOLDER = join(import.meta.dirname, "../../build/old-engines");

/** Where the program lies when it has been fetched. */
export function programOf({ version }: OldEngine): string {
  return join(FOLDER, version, "chromium");
}

/** Where the pictures of pages go. */
export const PICTURES = join(FOLDER, "pictures");
