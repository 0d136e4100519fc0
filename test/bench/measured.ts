/** What a goal allows: at most, or at least, so much. */
export interface Goal {
  readonly kind: 'at most' | 'at least';
  readonly limit: number;
}

/** One line of the bench's table. */
export interface Measured {
  /** Number of the goal (design: performance, "Goals as ratios"). */
  readonly goal: string;
  readonly what: string;
  readonly value: number;
  /** `x` is a ratio to git itself in the same run. */
  readonly unit: 'x' | 'processes' | 'bytes' | 'ms' | 'loaded';
  /** Null: measured for knowledge only. */
  readonly want: Goal | null;
  /** What the value was made of. */
  readonly note: string;
  /** Why an answer is wrong; null when it is right. A wrong answer is the only failure of the bench. */
  readonly wrong: string | null;
}

const atMost = (limit: number): Goal => ({ kind: 'at most', limit });

const atLeast = (limit: number): Goal => ({ kind: 'at least', limit });

/** Goals by the words of the design. */
export const GOAL = { atMost, atLeast } as const;

/** True when the value is within its goal. */
export function isMet({ value, want }: Measured): boolean {
  if (want === null) return true;
  return want.kind === 'at most' ? value <= want.limit : value >= want.limit;
}

const digits = (value: number): string => {
  if (Number.isInteger(value)) return String(value);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
};

const verdict = (row: Measured): string => {
  if (row.wrong !== null) return 'WRONG';
  if (row.want === null) return '-';
  return isMet(row) ? 'met' : 'NOT MET';
};

const cells = (row: Measured): readonly string[] => [
  row.goal,
  row.what,
  `${digits(row.value)} ${row.unit}`,
  row.want === null ? '' : `${row.want.kind === 'at most' ? '<=' : '>='} ${row.want.limit}`,
  verdict(row),
  row.wrong ?? row.note,
];

const HEADINGS = ['goal', 'what', 'measured', 'wanted', 'verdict', 'how'] as const;

/** The rows as an aligned table of plain text. */
export function tableOf(rows: readonly Measured[]): string {
  const lines = [HEADINGS, ...rows.map(cells)];
  const widths = HEADINGS.map((_heading, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const pad = (line: readonly string[]): string =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${lines.map(pad).join('\n')}\n`;
}
