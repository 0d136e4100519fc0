import type { Check } from '../core/check.js';
import { CONFIG_FILE, type SmokeConfig } from '../core/config.js';
import { type SmokePlan, smokePlan } from '../core/smoke.js';

/** A check that starts an app and asks it. */
export type SmokeCheck = Check & { readonly smoke: SmokePlan };

/** The smoke tests that the configuration lists; called `smoke NAME`, so that none is taken for another check. */
export function smokeChecks(listed: readonly SmokeConfig[]): readonly SmokeCheck[] {
  return listed.map((config) => ({
    name: `smoke ${config.name}`,
    kind: 'smoke',
    run: config.start,
    reads: 'exit-code',
    because: `"validate.smoke" in ${CONFIG_FILE}`,
    smoke: smokePlan(config),
  }));
}
