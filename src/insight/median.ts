/** The middle of some numbers, of an even count the mean of the two in the middle; null when there are none. */
export function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** The largest of some numbers; null when there are none. */
export const largest = (numbers: readonly number[]): number | null =>
  numbers.reduce<number | null>((most, one) => (most === null || one > most ? one : most), null);
