import { totalmem } from 'node:os';

const GIBIBYTE = 1024 ** 3;

/** Least memory that one process may use, in bytes: a type-check of a large project needs as much. */
const LEAST_MEMORY = 4 * GIBIBYTE;

/** Processes and threads within a namespace of their own; on kernels older than 5.14 all of the user's count. */
const PROCESSES = 8192;

/**
 * Bytes that one process of a check may use: three quarters of the machine. Only what it can write counts: the address
 * space that a JavaScript engine reserves is many times as large.
 */
export function memoryLimit(total: number = totalmem()): number {
  return Math.max(LEAST_MEMORY, Math.floor((total * 3) / 4));
}

/**
 * Shell lines that limit what follows: no core dumps, memory per process, and, when processes are `counted` by
 * themselves, their number. When the machine runs out of memory, the kernel ends a check before the user's programs.
 * What a shell or kernel does not know is left out in silence: the time limit holds all the same.
 */
export function limitLines(counted: boolean): readonly string[] {
  return [
    'ulimit -c 0',
    `ulimit -d ${Math.floor(memoryLimit() / 1024)}`,
    // bash says `-u` for what dash says `-p`, which is read-only in bash.
    ...(counted ? [`if (ulimit -u) >/dev/null; then ulimit -u ${PROCESSES}; else ulimit -p ${PROCESSES}; fi`] : []),
    'echo 800 >/proc/self/oom_score_adj',
  ].map((line) => `{ ${line}; } 2>/dev/null`);
}
