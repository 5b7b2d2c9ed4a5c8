/** A source of numbers that look random and are the same on every machine. */
export class RandomSource {
  #state: number;

  /** Sources of one seed and different streams have nothing in common. */
  constructor(seed: number, stream: number) {
    this.#state = mix(mix(seed) + stream);
  }

  /** From 0 up to, but not including, 1. */
  fraction(): number {
    // Steps by the golden ratio of 2^32, so that every state is met once before any comes again.
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    return mix(this.#state) / 2 ** 32;
  }

  /** A whole number from `first` to `last`, both included. */
  integer(first: number, last: number): number {
    return first + Math.floor(this.fraction() * (last - first + 1));
  }

  /** One of `choices`, which must not be empty. */
  pick<Choice>(choices: readonly Choice[]): Choice {
    const choice = choices[Math.floor(this.fraction() * choices.length)];
    if (choice === undefined) throw new RangeError("Cannot pick: there is nothing to choose from");
    return choice;
  }
}

/** Spreads every bit of a 32-bit number over all of them. */
function mix(value: number): number {
  let bits = value >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}
