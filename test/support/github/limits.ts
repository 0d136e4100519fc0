import type { DeclaredToken } from './declared.js';

/** The hourly limit of GitHub, by token. */
export interface Limits {
  /** Requests a token has left; `login` of nobody: null. */
  left(token: DeclaredToken | null): number;
  /** Sets what a token has left. */
  leave(token: string, requests: number): void;
}

const LIMIT = 5000;

/** The fields of a limit, as headers and `rate_limit` show them. */
export interface LimitView {
  readonly limit: number;
  readonly remaining: number;
  readonly used: number;
  /** Seconds since 1970. */
  readonly reset: number;
}

/** Limits that count down. */
export function makeLimits(clock: () => Date): Limits & {
  take(token: DeclaredToken | null): boolean;
  giveBack(token: DeclaredToken | null): void;
  view(token: DeclaredToken | null): LimitView;
} {
  const used = new Map<string, number>();
  const key = (token: DeclaredToken | null): string => token?.token ?? '';
  const left = (token: DeclaredToken | null): number => Math.max(0, LIMIT - (used.get(key(token)) ?? 0));
  const add = (token: DeclaredToken | null, count: number): void =>
    void used.set(key(token), (used.get(key(token)) ?? 0) + count);
  return {
    left,
    leave: (token, requests) => void used.set(token, LIMIT - requests),
    take(token) {
      if (left(token) === 0) return false;
      add(token, 1);
      return true;
    },
    giveBack: (token) => add(token, -1),
    view: (token) => ({
      limit: LIMIT,
      remaining: left(token),
      used: LIMIT - left(token),
      reset: Math.floor(clock().getTime() / 1000) + 3600,
    }),
  };
}

/** The headers that say a limit. */
export function limitHeaders(view: LimitView): Readonly<Record<string, string>> {
  return {
    'x-ratelimit-limit': String(view.limit),
    'x-ratelimit-remaining': String(view.remaining),
    'x-ratelimit-used': String(view.used),
    'x-ratelimit-reset': String(view.reset),
    'x-ratelimit-resource': 'core',
  };
}

/** GitHub's answer when nothing is left. */
export const LIMIT_REACHED = {
  status: 403,
  body: {
    message: 'API rate limit exceeded for user ID 1.',
    documentation_url: 'https://docs.github.com/rest/overview/resources-in-the-rest-api#rate-limiting',
  },
} as const;
