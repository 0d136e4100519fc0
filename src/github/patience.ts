/** How long the adapter waits, and how often it asks again. */
export interface Patience {
  /** Milliseconds that one request may take, to the last byte of its answer. */
  readonly request: number;
  /** Seconds that a rate limit may ask for; a longer wait is left to the next run. */
  readonly limit: number;
  /** Milliseconds that a second of waiting takes; tests make it short. */
  readonly second: number;
  /** Writes are spread as GitHub asks: one in a second, one in three when it notifies people. */
  readonly spaced: boolean;
}

/** For real use: a secondary limit asks for 60 s as a rule (design: reliability, section 1). */
export const PATIENCE: Patience = { request: 30_000, limit: 120, second: 1000, spaced: true };
