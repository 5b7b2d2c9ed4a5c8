interface Piece {
  readonly place: number;
  readonly bytes: Uint8Array;
}

/** Pieces of a file that were just written to it, the later the farther behind. */
export interface FreshPieces {
  /** Whether there was room for one; else none are kept any more. */
  readonly add: (place: number, bytes: Uint8Array) => boolean;
  /** What stands at a place; null if it is in none of them. */
  readonly at: (place: number, length: number) => Uint8Array | null;
  readonly clear: () => void;
}

/**
 * Keeps pieces as long as they have no more than so many bytes together: planning asks for a few hundred bytes of each article and of
 * each list, in no order, and asking the system takes many times as long as a look into memory. Where there are more, memory is
 * what is scarce. They must not change any more.
 */
export function createFreshPieces(most: number): FreshPieces {
  const pieces: Piece[] = [];
  let room = most;
  return {
    add(place, bytes) {
      if (bytes.byteLength > room) {
        pieces.length = 0;
        room = 0;
        return false;
      }
      room -= bytes.byteLength;
      pieces.push({ place, bytes });
      return true;
    },
    at(place, length) {
      let [low, high] = [0, pieces.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((pieces[middle]?.place ?? 0) <= place) low = middle + 1;
        else high = middle;
      }
      const piece = pieces[low - 1];
      if (piece === undefined) return null;
      const start = place - piece.place;
      return start + length <= piece.bytes.byteLength
        ? piece.bytes.subarray(start, start + length)
        : null;
    },
    clear() {
      pieces.length = 0;
      room = most;
    },
  };
}
