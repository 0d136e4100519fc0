import type { LandingPlace } from '../../core/overview.js';
import type { Target } from '../state/target.js';
import { type Policy, policyOf } from './policy.js';

/** The target's policy as it is now. */
export const readPolicy = async ({ engine }: Target): Promise<Policy> => policyOf(await engine.config());

/** The branch of a target that receives work. */
export const branchOf = ({ state }: Target): string => state.overview?.target.branch ?? "the target's branch";

/** Where what a target takes in lands; undefined before it was read. */
export const landsOf = ({ state }: Target): LandingPlace | undefined => state.overview?.lands;
