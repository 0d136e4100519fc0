import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // the process is gone already
  }
};

const processIds = (): readonly string[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));

/** Command lines of running processes that have `text` in their command line, environment or working folder's name. */
export function processesWith(text: string): readonly string[] {
  return processIds().flatMap((id) => {
    const line = read(`/proc/${id}/cmdline`);
    return line !== '' && (line + read(`/proc/${id}/environ`)).includes(text) ? [line.replaceAll('\0', ' ')] : [];
  });
}

/** Looks at the command line of every process about each millisecond; `stop` answers those that held one of the texts. */
export function watchCommandLines(texts: readonly string[]): { readonly stop: () => readonly string[] } {
  const hits = new Set<string>();
  const look = (): void => {
    for (const id of processIds()) {
      const line = read(`/proc/${id}/cmdline`);
      if (texts.some((text) => line.includes(text))) hits.add(line.replaceAll('\0', ' '));
    }
  };
  const timer = setInterval(look, 1);
  return {
    stop: () => {
      clearInterval(timer);
      return [...hits];
    },
  };
}
