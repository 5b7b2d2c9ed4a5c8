import type { ShowProgress } from "./progress.ts";
import type { Program, ProgramRun } from "./run-program.ts";

/** A signal that tells a program to end. */
export type EndingSignal = "SIGINT" | "SIGTERM";

/** A wait that is under way, until it is disposed of. */
export interface Wait extends Disposable {
  /** Aborts when the wait reaches its limit. */
  readonly signal: AbortSignal;
}

/** The world outside, as an argument from the command on; in tests it is a fake, whose clock moves by waiting. */
export interface IO extends Omit<World, "wait"> {
  /** Lets time pass; `what` is what happens then, for people. */
  readonly wait: (milliseconds: number, what: string) => Promise<void>;
  /** Marks that `what` is waited for from now on: people are told where that takes long, and at the limit the signal aborts. */
  readonly startWait: (what: string, limitMilliseconds: number) => Wait;
}

/** What the world does by itself; `breakSilence` makes an `IO` of it. */
export interface World {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Calls something again and again, until what it gives is disposed of. */
  readonly every: (milliseconds: number, call: () => void) => Disposable;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A number from 0 up to 1, but not 1. */
  readonly random: () => number;
  /** Reports a step that is done, or a result, on standard output. */
  readonly say: (line: string) => void;
  /** Reports a problem or a delay on standard error. */
  readonly warn: (line: string) => void;
  /** Begins to show the progress of some work; `what` is counted, such as "articles read". */
  readonly progress: (what: string) => ShowProgress;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Runs a program until it ends, or `end` ends it; signals that tell this process to end are passed on to it. */
  readonly run: (program: Program, end: AbortSignal) => Promise<ProgramRun>;
  /** Handles signals that would otherwise end this process. */
  readonly onSignal: (handle: (signal: EndingSignal) => void) => void;
  readonly exit: (code: number) => void;
}
