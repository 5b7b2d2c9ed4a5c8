import type { PictureFault } from "./local-picture.ts";

const FAULTS: Readonly<Record<PictureFault, readonly [what: string, advice: string]>> = {
  broken: [
    "cannot be read as a picture and was left out; its description is shown",
    "save it anew as JPEG or PNG",
  ],
  heic: [
    "is HEIC, as iPhones save photographs, which only few browsers show and which cannot be read here; it was left out",
    "save it as JPEG",
  ],
  "too-large": [
    "has more pixels or bytes than can be made smaller here, and was left out",
    "save it smaller: 2,000 pixels are enough",
  ],
  "cut-off": [
    "breaks off, and is shown as far as it goes",
    "put the whole file there again, or save it anew",
  ],
  still: [
    "moves for too long or in a format that is not known here: only its first image is shown",
    "save it smaller or shorter as GIF or WebP, or as a film",
  ],
};

/** What is wrong with a picture, behind its name, and what to do about it. */
export function describePictureFault(fault: PictureFault): readonly [what: string, advice: string] {
  return FAULTS[fault];
}
