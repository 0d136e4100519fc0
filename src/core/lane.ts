/** What of a sibling a pull request carries: what may merge by itself, what a person applies, what waits for one, what conflicts, what is taken back. */
export type Lane = 'auto' | 'apply' | 'review' | 'conflict' | 'revert';
