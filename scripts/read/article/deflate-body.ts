import { constants, createDeflateRaw, deflateRawSync } from "node:zlib";
import { FINAL_BLOCK } from "../../../src/store/pack.ts";

/** What of a stream's native part is used here: Node documents no call that deflates once more with a stream that is there. */
interface NativeStream {
  readonly reset: () => void;
  readonly close: () => void;
  readonly writeSync: (
    flush: number,
    input: Uint8Array,
    inputStart: number,
    inputLength: number,
    output: Uint8Array,
    outputStart: number,
    outputLength: number,
  ) => void;
}

interface DeflateStream {
  readonly native: NativeStream;
  /** How many bytes of the output and of the input the native part has left. */
  readonly left: Uint32Array;
}

const OPTIONS = {
  level: constants.Z_BEST_COMPRESSION,
  finishFlush: constants.Z_SYNC_FLUSH,
} as const;
/** Compressed bodies lie side by side in rooms of this size, since an array for each costs more than the bytes in it. */
const ROOM_BYTES = 256 * 1024;
/** What cannot be compressed is stored, with five bytes for each block of some kilobytes; and there are the flush and the end. */
const SPARE_SHARE = 8;
const SPARE_BYTES = 64;

let stream: DeflateStream | null = null;
/** The length of the longest body that the stream has deflated. */
let longest = 0;
let isUnusable = false;
let room = new Uint8Array();
let used = 0;

/**
 * Deflates a body as `DeflatedBody` says. `deflateRawSync` gives the same bytes, but makes a stream of 268 KB for each body, which
 * takes half as long as deflating 5 KB. Here a stream is used for all bodies that follow in the order of their lengths.
 */
export function deflateBody(body: Uint8Array): Uint8Array {
  if (isUnusable || body.byteLength > LONGEST_BODY) return deflateAnew(body);
  // zlib looks at a byte behind the last three, and at bytes of a longer body if the stream had one: not always the same.
  if (stream === null || body.byteLength < longest) {
    // Its memory would be given back when all garbage is collected, which is seldom.
    stream?.native.close();
    stream = openStream();
  }
  longest = body.byteLength;
  const deflated = stream === null ? null : deflateWith(stream, body);
  isUnusable = deflated === null;
  return deflated ?? deflateAnew(body);
}

/** Longer ones do not fit into a stream's memory at once. */
const LONGEST_BODY = 32_000;

function deflateAnew(body: Uint8Array): Uint8Array {
  return Buffer.concat([deflateRawSync(body, OPTIONS), FINAL_BLOCK]);
}

/** Null where the native part did not do what was to be done. */
function deflateWith({ native, left }: DeflateStream, body: Uint8Array): Uint8Array | null {
  if (used + body.byteLength * (1 + 1 / SPARE_SHARE) + SPARE_BYTES > room.byteLength) {
    room = new Uint8Array(ROOM_BYTES);
    used = 0;
  }
  const space = room.byteLength - used;
  native.reset();
  native.writeSync(constants.Z_SYNC_FLUSH, body, 0, body.byteLength, room, used, space);
  const [outputLeft = 0, inputLeft = 1] = left;
  if (inputLeft > 0 || outputLeft < FINAL_BLOCK.byteLength) return null;
  const start = used;
  const end = room.byteLength - outputLeft;
  room.set(FINAL_BLOCK, end);
  used = end + FINAL_BLOCK.byteLength;
  return room.subarray(start, used);
}

/** Null where another Node has none that is used like this. */
function openStream(): DeflateStream | null {
  const opened: object = createDeflateRaw(OPTIONS);
  const native: unknown = Reflect.get(opened, "_handle");
  const left: unknown = Reflect.get(opened, "_writeState");
  return isNative(native) && left instanceof Uint32Array ? { native, left } : null;
}

function isNative(native: unknown): native is NativeStream {
  return (
    typeof native === "object" &&
    native !== null &&
    ["reset", "close", "writeSync"].every((name) => typeof Reflect.get(native, name) === "function")
  );
}
