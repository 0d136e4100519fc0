import type { Answer } from './call.js';

/**
 * What goes wrong. Without effect: `refused` (the connection is closed unanswered), `hang` (no answer ever),
 * `500`, `502`, `409`, `422`, `403-secondary`, `429`. With effect: `reply-lost` (done, then the connection is closed
 * unanswered), `cut` (done, then the connection is closed in the middle of the answer). `none`: all goes well; for what
 * somebody else does at that moment (`meanwhile`).
 */
export type FaultKind =
  | 'reply-lost'
  | 'cut'
  | 'refused'
  | 'hang'
  | '500'
  | '502'
  | '409'
  | '422'
  | '403-secondary'
  | '429'
  | 'none';

/** A fault that waits for its request. */
export interface Fault {
  /** Default: every method. */
  readonly method?: string;
  /** Tried on the path without query; the addresses of git count too. Default: every path. */
  readonly path?: RegExp;
  readonly kind: FaultKind;
  /** Matching requests that are met; default 1. */
  readonly times?: number;
  /** Matching requests that pass before; default 0. */
  readonly after?: number;
  /** Seconds in `retry-after` of `403-secondary` and `429`; default 1. */
  readonly retryAfter?: number;
  /** Words of the answer in place of the usual ones. */
  readonly message?: string;
  /** True: `500`, `502` and `hang` happen after the effect. */
  readonly effect?: boolean;
  /** What happens on the forge just before the request has its effect. */
  readonly meanwhile?: () => void;
}

/** Faults that wait. */
export interface Faults {
  /** Adds a fault; the first one that matches a request meets it. */
  next(fault: Fault): void;
  /** Faults that met no request yet, or not as many as they were to. */
  waiting(): readonly Fault[];
  clear(): void;
}

interface Waiting {
  readonly fault: Fault;
  skip: number;
  left: number;
}

/** Faults, and the one that meets a request. */
export function makeFaults(): Faults & { meet(method: string, path: string): Fault | null } {
  let waiting: Waiting[] = [];
  return {
    next: (fault) => void waiting.push({ fault, skip: fault.after ?? 0, left: fault.times ?? 1 }),
    waiting: () => waiting.map(({ fault }) => fault),
    clear: () => {
      waiting = [];
    },
    meet(method, path) {
      for (const one of waiting) {
        const { fault } = one;
        if ((fault.method ?? method) !== method || fault.path?.test(path) === false) continue;
        if (one.skip > 0) {
          one.skip -= 1;
          continue;
        }
        one.left -= 1;
        if (one.left === 0) waiting = waiting.filter((other) => other !== one);
        return fault;
      }
      return null;
    },
  };
}

const WORDS: Readonly<Record<string, string>> = {
  '500': 'Server Error',
  '502': 'Server Error',
  '409': 'Conflict',
  '422': 'Validation Failed',
  '403-secondary': 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  '429': 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
};

/** The answer of a fault; null for those that answer nothing. */
export function answerOf(fault: Fault): Answer | null {
  const words = WORDS[fault.kind];
  if (words === undefined) return null;
  const limited = fault.kind === '403-secondary' || fault.kind === '429';
  return {
    status: Number.parseInt(fault.kind, 10),
    body: { message: fault.message ?? words, documentation_url: 'https://docs.github.com/rest' },
    ...(limited ? { headers: { 'retry-after': String(fault.retryAfter ?? 1) } } : {}),
  };
}
