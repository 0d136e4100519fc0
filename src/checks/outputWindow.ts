/** Keeps the beginning and the end of a stream of any length in bounded memory. */
export interface OutputWindow {
  add(chunk: Buffer): void;
  /** What was kept, with a line that says how much is missing in between. */
  text(): string;
}

/** A window of `head` bytes from the start and at least `tail` bytes from the end. */
export function outputWindow(head: number, tail: number): OutputWindow {
  const first: Buffer[] = [];
  const last: Buffer[] = [];
  let firstBytes = 0;
  let lastBytes = 0;
  let dropped = 0;
  const forget = (): void => {
    for (let oldest = last[0]; oldest && lastBytes - oldest.length >= tail; oldest = last[0]) {
      last.shift();
      lastBytes -= oldest.length;
      dropped += oldest.length;
    }
  };
  return {
    add(chunk) {
      const toHead = chunk.subarray(0, head - firstBytes);
      const toTail = chunk.subarray(toHead.length);
      if (toHead.length > 0) first.push(toHead);
      if (toTail.length > 0) last.push(toTail);
      firstBytes += toHead.length;
      lastBytes += toTail.length;
      forget();
    },
    text() {
      const gap = dropped > 0 ? `\n[${dropped} bytes left out]\n` : '';
      return Buffer.concat([...first, Buffer.from(gap), ...last]).toString('utf8');
    },
  };
}
