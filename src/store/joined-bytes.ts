/** Joins pieces into one array. */
export function joinedBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

/** Writes numbers as the store holds them: little-endian, in four bytes each. */
export function u32s(numbers: readonly number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(numbers.length * Uint32Array.BYTES_PER_ELEMENT));
  for (let index = 0; index < numbers.length; index += 1) {
    view.setUint32(index * Uint32Array.BYTES_PER_ELEMENT, numbers[index] ?? 0, true);
  }
  return new Uint8Array(view.buffer);
}
