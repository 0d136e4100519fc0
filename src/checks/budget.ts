import { availableParallelism, totalmem } from 'node:os';

/** Bytes of memory that one check side by side with another should find. */
const MEMORY = 2 * 1024 ** 3;

/** Most checks side by side, whatever the machine has: the tools start processes of their own. */
const MOST = 4;

/** How many checks may run side by side on a machine: as many as it has cores and memory for. */
export function checksAtOnce(cores: number = availableParallelism(), memory: number = totalmem()): number {
  return Math.max(1, Math.min(MOST, cores, Math.floor(memory / MEMORY)));
}
