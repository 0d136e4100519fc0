/** What the risk of an enhancement is computed from. Counts, never negative. */
export interface RiskEvidence {
  readonly filesChanged: number;
  readonly newTypeErrors: number;
  readonly newTestFailures: number;
  readonly touchesPrisma: boolean;
}

/** One summand of a risk: `count * weight`. */
export interface RiskItem {
  readonly reason: string;
  readonly count: number;
  readonly weight: number;
}

/** A risk, itemised so that a person can disagree with it. */
export interface Risk {
  readonly score: number;
  readonly items: readonly RiskItem[];
}

/** A summand in words: `1 file changed`, `2 new type errors`. */
export function riskItemText({ count, reason }: RiskItem): string {
  return `${count} ${count === 1 ? reason.replace(/\b(file|error|failure)s\b/, '$1') : reason}`;
}

/**
 * Risk of landing an enhancement (design: product, "Words").
 *
 * `filesChanged + 3 x typeErrors + 5 x testFailures + (prisma touched ? 2 : 0)`; only failures that
 * the baseline lacks are counted.
 */
export function scoreRisk(evidence: RiskEvidence): Risk {
  const items: readonly RiskItem[] = [
    { reason: 'files changed', count: evidence.filesChanged, weight: 1 },
    { reason: 'new type errors', count: evidence.newTypeErrors, weight: 3 },
    { reason: 'new test failures', count: evidence.newTestFailures, weight: 5 },
    { reason: 'prisma schema or migration touched', count: evidence.touchesPrisma ? 1 : 0, weight: 2 },
  ];
  return { items, score: items.reduce((sum, item) => sum + item.count * item.weight, 0) };
}

/** How much a risk is, in a word. */
export type RiskLevel = 'low' | 'medium' | 'high';

/** `low`: it may merge by itself as far as risk goes; `high`: more than three times that. */
export function riskLevel(score: number, maxRisk: number): RiskLevel {
  if (score <= maxRisk) return 'low';
  return score <= 3 * maxRisk ? 'medium' : 'high';
}
