/*
 * A CRC-32 (RFC 1952, section 8) is the remainder of a division of polynomials over GF(2). Appending n bytes to a text
 * multiplies its polynomial by x to the power of 8n, and what that does to the remainder can be computed without the
 * text, as in zlib's `crc32_combine`. Polynomials are written as in the CRC itself: the highest bit is the coefficient
 * of 1.
 */
const DIVISOR = 0xed_b8_83_20;
const ONE = 0x80_00_00_00;
const X = 0x40_00_00_00;
const BITS = 32;
const BITS_PER_BYTE_EXPONENT = 3;
const BITS_PER_BYTE = 8;
const BYTE_VALUES = 256;
const BYTES_PER_LENGTH = 4;

/** x to the powers of 1, 2, 4, 8 ... */
const SQUARES = squares();

/**
 * x to the power of 8n, by the bytes of n, from the lowest on: one for each place and value of a byte, made when it is first
 * needed. A multiplication for each byte takes a third of the time that one for each bit does.
 */
const POWERS = new Uint32Array(BYTES_PER_LENGTH * BYTE_VALUES);

/**
 * The CRC-32 of two joined pieces, from the CRC-32 of each.
 *
 * @param byteLength of the second piece, less than 2^29
 */
export function joinedCrc(first: number, second: number, byteLength: number): number {
  let joined = first;
  let place = 0;
  for (let rest = byteLength; rest > 0; rest = Math.floor(rest / BYTE_VALUES)) {
    const value = rest % BYTE_VALUES;
    if (value > 0) joined = product(powerOf(place, value), joined);
    place += 1;
  }
  return (joined ^ second) >>> 0;
}

function powerOf(place: number, value: number): number {
  const index = place * BYTE_VALUES + value;
  // No power is 0.
  const known = POWERS[index] ?? 0;
  if (known !== 0) return known;
  let power = ONE;
  let exponent = BITS_PER_BYTE_EXPONENT + place * BITS_PER_BYTE;
  for (let rest = value; rest > 0; rest >>>= 1) {
    if (rest % 2 === 1) power = product(SQUARES[exponent] ?? ONE, power);
    exponent += 1;
  }
  POWERS[index] = power;
  return power;
}

function squares(): readonly number[] {
  const powers = [X];
  for (let index = 1; index < BITS; index += 1) {
    const last = powers[index - 1] ?? ONE;
    powers.push(product(last, last));
  }
  return powers;
}

/** The product of two polynomials, modulo the divisor. */
function product(a: number, b: number): number {
  let sum = 0;
  let shifted = b;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) sum ^= shifted;
    shifted = (shifted & 1) === 0 ? shifted >>> 1 : (shifted >>> 1) ^ DIVISOR;
  }
  return sum >>> 0;
}
