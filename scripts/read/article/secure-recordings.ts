import { createSecureAddresses } from "../body/links/https-hosts.ts";
import type { MediaSettings } from "../body/links/media-settings.ts";
import type { WrittenRecording } from "../front-matter/written-recordings.ts";

/** The front matter's recordings by https where their hosts are known to have that. */
export function secureRecordings(
  written: readonly WrittenRecording[],
  media: MediaSettings,
): readonly WrittenRecording[] {
  const { secure } = createSecureAddresses(media, new Set());
  return written.map((recording) => ({
    ...recording,
    files: recording.files.map((file) =>
      file.address.startsWith("http:") ? { ...file, address: secure(file.address) } : file,
    ),
  }));
}
