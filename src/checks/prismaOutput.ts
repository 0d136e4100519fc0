import type { FoundFailure, Reading } from './reading.js';

/** Reads what `prisma validate` objects to; a failure's name is Prisma's error code, such as `P1012`. */
export function readPrisma(output: string): Reading {
  const name = /^Error code: (P\d{4})$/m.exec(output)?.[1] ?? 'prisma validate';
  const found = output.matchAll(/^error: (.+)\n(?:\s*-->\s+(.+?):\d+$)?/gm);
  const failures = [...found].map(([, message = '', file = null]): FoundFailure => ({ name, file, message }));
  return { failures, tests: null };
}
