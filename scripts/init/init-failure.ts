/** Why no site is made; nothing was written then. */
export type InitFailure =
  | {
      readonly reason: "config-invalid";
      readonly file: string;
      /** The first line is 1; null where the whole file is meant. */
      readonly line: number | null;
      readonly detail: string;
    }
  | { readonly reason: "folder-missing"; readonly folder: string }
  | { readonly reason: "config-missing"; readonly file: string }
  | { readonly reason: "source-elsewhere"; readonly file: string; readonly source: string }
  | { readonly reason: "site-below"; readonly folder: string }
  | { readonly reason: "inside-site"; readonly file: string }
  | { readonly reason: "other-worker"; readonly file: string; readonly lines: string }
  | { readonly reason: "folder-unwritable"; readonly folder: string; readonly detail: string }
  | { readonly reason: "package-invalid"; readonly detail: string }
  | { readonly reason: "file-unwritten"; readonly file: string; readonly detail: string };

/** What could not be done, the state, and what to do. */
export function describeInitFailure(failure: InitFailure): string {
  return `No site was made: ${sentence(failure)} Nothing was written.`;
}

function sentence(failure: InitFailure): string {
  switch (failure.reason) {
    case "config-invalid": {
      const place = failure.line === null ? failure.file : `${failure.file}:${failure.line}`;
      return `${place} is not what Jekyll reads (${failure.detail}); correct it, or name another file with --config.`;
    }
    case "folder-missing":
      return `there is no folder "${failure.folder}"; correct --root, or make the folder first.`;
    case "config-missing":
      return `there is no file "${failure.file}"; correct --config, or leave it out.`;
    case "source-elsewhere":
      return `${failure.file} says that the Jekyll site is in "${failure.source}", and a site of Offprint has its settings where its articles are; run the same with --root ${failure.source} --config, and the path from there to ${failure.file}.`;
    case "site-below":
      return `there is no article here, and "${failure.folder}" is a Jekyll site; run the same with --root ${failure.folder}.`;
    case "inside-site":
      return `the folder lies in another site, whose settings are ${failure.file}; leave that folder, or name one outside of it with --root.`;
    case "other-worker":
      return `${failure.file} is there and has no table [vars.SITE], so that it is another Worker's; take another folder, or make it the site's by hand with what these lines hold:\n\n${failure.lines}\n`;
    case "folder-unwritable":
      return `"${failure.folder}" cannot be written to (${failure.detail}); correct its rights, or name another folder with --root.`;
    case "package-invalid":
      return `package.json cannot be read (${failure.detail}); correct it.`;
    case "file-unwritten":
      return `${failure.file} could not be written (${failure.detail}), so that what was written before it was taken back; correct that, and run the same again.`;
  }
}
