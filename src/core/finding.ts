/** One finding of `doctor`. */
export interface Finding {
  readonly subject: string;
  readonly state: 'good' | 'warning' | 'bad';
  readonly what: string;
  /** How to mend it; empty when good. */
  readonly mend: string;
}
