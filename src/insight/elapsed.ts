/**
 * Milliseconds from one moment (ISO 8601) to another, never negative: clocks of two machines may disagree. Null when
 * one of them is no moment.
 */
export function elapsed(from: string, to: string): number | null {
  const milliseconds = Date.parse(to) - Date.parse(from);
  return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds);
}

/** The earliest of some moments (ISO 8601); null when there are none. What is no moment is passed over. */
export function earliest(moments: readonly string[]): string | null {
  return moments.reduce<string | null>((first, one) => {
    const at = Date.parse(one);
    if (Number.isNaN(at)) return first;
    return first === null || at < Date.parse(first) ? one : first;
  }, null);
}
