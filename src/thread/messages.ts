import { AutoSyncError, isProblem, type Problem } from '../core/errors.js';
import type { ProgressStep } from '../core/ports.js';

/** What the engine's thread is started with. */
export interface ThreadOptions {
  readonly workspace: string;
  /** Secrets by name; they go to the thread's engine only, never into an environment that a child process inherits. */
  readonly environment: Readonly<Record<string, string>>;
  readonly cache?: string;
}

/** Stands for an AbortSignal that stays on the other side. */
export interface SignalMark {
  readonly abortSignal: true;
}

/** To the engine's thread. */
export type ToEngine =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly kind: 'cancel'; readonly id: number };

/** An error as it crosses the border between threads. */
export type CarriedError =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };

/** From the engine's thread. */
export type FromEngine =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: CarriedError }
  | { readonly kind: 'progress'; readonly step: ProgressStep };

/** An error as data. */
export function carry(error: unknown): CarriedError {
  if (isProblem(error)) return { kind: 'problem', problem: error.problem };
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'defect', message, stack };
}

/** The error that was carried. */
export function uncarry(carried: CarriedError): Error {
  if (carried.kind === 'problem') return new AutoSyncError(carried.problem);
  const error = new Error(carried.message);
  error.stack = carried.stack;
  return error;
}
