import type { Problem } from '../core/errors.js';
import { isProblem } from '../core/errors.js';

/** What `forge-refused` carries. */
export type Refusal = Extract<Problem, { readonly code: 'forge-refused' }>;

/** True when something was to be written and nobody knows whether it was (design: reliability, I9). */
export function isUnsure(error: unknown): boolean {
  return isProblem(error) && error.problem.code === 'forge-unreachable' && error.problem.unsure === true;
}

/** What a refusal says; null for every other error. */
export function refusal(error: unknown): Refusal | null {
  return isProblem(error) && error.problem.code === 'forge-refused' ? error.problem : null;
}

/** The HTTP status of a refusal; null for every other error. */
export function refusalStatus(error: unknown): number | null {
  return refusal(error)?.status ?? null;
}

/** Why it was refused, in the forge's words where it gave any; empty for every other error. */
export function refusalReason(error: unknown): string {
  return refusal(error)?.why ?? '';
}
