/** What of a target's policy a person is told before something lands. */
export interface Policy {
  readonly autoMerge: boolean;
  readonly maxRisk: number;
  /** How many checks the configuration lists; null when they are detected in the target. */
  readonly checks: number | null;
}

const lineOf = (lines: readonly string[], name: string): string | undefined =>
  lines.find((line) => line.startsWith(`${name} = `))?.slice(name.length + 3);

/** Reads the policy from the lines of `Engine.config`. */
export function policyOf(lines: readonly string[]): Policy {
  const listed = lines.filter((line) => line.startsWith('validate.checks[')).length;
  const risk = Number.parseFloat(lineOf(lines, 'decide.maxRisk') ?? '');
  return {
    autoMerge: lineOf(lines, 'land.autoMerge')?.startsWith('true') ?? true,
    maxRisk: Number.isNaN(risk) ? 0 : risk,
    checks: listed > 0 ? listed : lineOf(lines, 'validate.checks')?.startsWith('[]') === true ? 0 : null,
  };
}
