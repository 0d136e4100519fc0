/** A request that is sent elsewhere, to see what it takes along. */
export interface Redirect {
  readonly method?: string;
  /** Tried on the path without query. */
  readonly path: RegExp;
  /** Origin it is sent to, for example that of a recorder; path and query stay. */
  readonly to: string;
  /** Default 302. */
  readonly status?: 301 | 302 | 307 | 308;
}

/** Redirects that hold until they are cleared. */
export interface Redirects {
  add(redirect: Redirect): void;
  clear(): void;
}

/** Redirects, and the one for a request. */
export function makeRedirects(): Redirects & { find(method: string, path: string): Redirect | null } {
  let all: Redirect[] = [];
  return {
    add: (redirect) => void all.push(redirect),
    clear: () => {
      all = [];
    },
    find: (method, path) =>
      all.find((redirect) => (redirect.method ?? method) === method && redirect.path.test(path)) ?? null,
  };
}
