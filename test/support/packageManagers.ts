import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from './temporaryFolder.js';

const INSTALLED = join(import.meta.dirname, '../../node_modules');
const PROGRAMS = {
  pnpm: ['pnpm', 'pnpm/bin/pnpm.cjs'],
  yarn: ['yarn', 'yarn-classic/bin/yarn.js'],
  'yarn-berry': ['yarn', 'yarn-berry/bin/yarn.js'],
} as const;

/** A search path on which exactly this package manager is found before all else. */
export function pathWith(manager: keyof typeof PROGRAMS): string {
  const [program, file] = PROGRAMS[manager];
  const folder = temporaryFolder();
  writeFileSync(join(folder, program), `#!/bin/sh\nexec node '${join(INSTALLED, file)}' "$@"\n`, { mode: 0o755 });
  return [folder, process.env['PATH']].join(delimiter);
}
