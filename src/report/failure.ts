import { AutoSyncError, type ProblemCode } from '../core/errors.js';

/** Exit statuses of the command line (design: contract); 75 is EX_TEMPFAIL of sysexits(3), 130 is 128 + SIGINT. */
export const EXIT = { done: 0, failed: 1, usage: 2, partly: 3, locked: 75, cancelled: 130 } as const;

const STATUSES: Readonly<Partial<Record<ProblemCode, number>>> = {
  usage: EXIT.usage,
  config: EXIT.usage,
  'no-config': EXIT.usage,
  'unsafe-input': EXIT.usage,
  locked: EXIT.locked,
  cancelled: EXIT.cancelled,
};

/** The exit status that an error leads to; whatever AutoSync did not foresee has failed. */
export function exitStatusOf(error: unknown): number {
  return error instanceof AutoSyncError ? (STATUSES[error.code] ?? EXIT.failed) : EXIT.failed;
}

/** What `--json` prints of an error. */
export interface FailureDocument {
  readonly error: { readonly code: ProblemCode | 'unexpected'; readonly message: string };
}

/** An error as the one document of `--json`: code, message, and the data of the problem. */
export function failureDocument(error: unknown): FailureDocument {
  const message = messageOf(error);
  return error instanceof AutoSyncError
    ? { error: { ...error.problem, message } }
    : { error: { code: 'unexpected', message } };
}

/** An error for people; a defect says so, and how to report it. */
export function messageOf(error: unknown): string {
  if (error instanceof AutoSyncError) return error.message;
  const what = error instanceof Error ? error.message : String(error);
  return `AutoSync failed in a way that it did not foresee: ${what}. Run again with --verbose to see where, and \`autosync doctor\` to check the set-up.`;
}
