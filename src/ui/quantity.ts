/** A number with its noun: `1 commit`, `2,000 commits`; `plural` when it is not made with an s. */
export function quantity(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}

/** Names as a person lists them: `acme`, `acme and globex`, `acme, globex and initech`. */
export function listing(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
