import type { Check } from './check.js';
import type { Sha } from './commit.js';

/** All that the outcome of a check depends on. */
export interface CheckKeyParts {
  readonly tree: Sha;
  readonly check: Pick<Check, 'name' | 'kind' | 'run' | 'reads' | 'smoke'>;
  /** Key of the installed dependencies; null when nothing is installed. */
  readonly installKey: string | null;
  /** What `ChecksPort.runtime()` says. */
  readonly runtime: string;
}

/** Name under which the outcome of a check is remembered; readable, and different as soon as any part differs. */
export function checkKey({ tree, check, installKey, runtime }: CheckKeyParts): string {
  const asked = check.smoke === undefined ? [] : [check.smoke];
  const command = [check.name, check.kind, check.reads, check.run, ...asked].map((part) => JSON.stringify(part));
  return [tree, installKey ?? 'no-install', JSON.stringify(runtime), ...command].join(' ');
}
