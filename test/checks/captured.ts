import { readFileSync } from 'node:fs';

/** What a real tool printed, from `test/checks/captured/`. */
export function captured(name: string): string {
  return readFileSync(new URL(`./captured/${name}.txt`, import.meta.url), 'utf8');
}
