import type { Pace } from '../../core/rhythm.js';
import type { PollingMode, TargetState } from '../state/model.js';

/** What is wanted of polling one target. */
export type Wish =
  | { readonly kind: 'rest' }
  | { readonly kind: 'poll'; readonly mode: Exclude<PollingMode, 'off'>; readonly pace: Pace };

/** What the wish depends on beside the target. */
export interface WishFacts {
  readonly trusted: boolean;
  readonly mode: PollingMode;
  readonly paused: boolean;
}

const REST: Wish = { kind: 'rest' };

/** Whether and how often a target is looked at: never before it was read, and only in a trusted window. */
export function wishOf({ overview }: Pick<TargetState, 'overview'>, { trusted, mode, paused }: WishFacts): Wish {
  if (!trusted || paused || mode === 'off' || overview === null || overview.siblings.length === 0) return REST;
  const { every, checkedAt } = overview;
  return { kind: 'poll', mode, pace: { every, checkedAt: checkedAt === null ? null : Date.parse(checkedAt) } };
}
