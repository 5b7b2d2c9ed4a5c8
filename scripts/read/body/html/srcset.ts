/** A picture in one size. */
interface Candidate {
  readonly address: string;
  /** Such as `2x` or `800w`; empty where none is written. */
  readonly descriptor: string;
}

/** What a `srcset` is read as, piece by piece: blanks and commas, then an address, then what stands before the next comma. */
const CANDIDATE = /[\s,]*([^\s,]\S*)([^,]*)/y;
/** Programs that forget the blank between two addresses. */
const NEXT_ADDRESS = /,(?=https?:|\/)/;
/** Programs that take one size for all need none that is wider. */
const WIDEST = 2000;

/** The candidates of a `srcset` (HTML, 4.8.4.2.1), in their order: addresses may hold commas, those with `data:` always do. */
export function parseSrcset(srcset: string): readonly Candidate[] {
  const candidates: Candidate[] = [];
  CANDIDATE.lastIndex = 0;
  for (let found = CANDIDATE.exec(srcset); found !== null; found = CANDIDATE.exec(srcset)) {
    const [, written = "", rest = ""] = found;
    const address = written.replace(/,+$/, "");
    // A comma behind the address ends the candidate.
    if (address !== written) CANDIDATE.lastIndex -= rest.length;
    const descriptor = address === written ? rest.trim() : "";
    const parts = /^data:/i.test(address) ? [address] : address.split(NEXT_ADDRESS);
    for (const [index, part] of parts.entries()) {
      candidates.push({ address: part, descriptor: index === parts.length - 1 ? descriptor : "" });
    }
  }
  return candidates;
}

/** The address of the largest candidate that is not larger than a page needs; undefined if none has one with a file. */
export function bestCandidate(srcset: string | undefined): string | undefined {
  const sized = parseSrcset(srcset ?? "")
    .filter(({ address }) => !/^data:/i.test(address))
    .map(({ address, descriptor }) => ({ address, size: sizeOf(descriptor) }));
  const fitting = sized.filter(({ size }) => size <= 1);
  const [first] =
    fitting.length > 0
      ? fitting.toSorted((one, other) => other.size - one.size)
      : sized.toSorted((one, other) => one.size - other.size);
  return first?.address;
}

/** The size as a part of the largest that is of use. */
function sizeOf(descriptor: string): number {
  const [, number, unit] = /^(\d{1,5}(?:\.\d{1,3})?)([wx])/.exec(descriptor) ?? [];
  if (number === undefined) return 1;
  return Number(number) / (unit === "w" ? WIDEST : 1);
}
