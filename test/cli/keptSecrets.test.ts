import { describe, expect, it } from 'vitest';
import { secretsOrFinding } from '../../src/cli/keptSecrets.js';
import { AutoSyncError, type Problem } from '../../src/core/errors.js';

const environment = { AUTOSYNC_AWS_SECRET_ID: 'family' };

const failing = (problem: Problem) => async (): Promise<typeof environment> => {
  throw new AutoSyncError(problem);
};

describe('secrets that are kept elsewhere', () => {
  it('are there, and nothing is found wrong', async () => {
    const more = { ...environment, GITHUB_TOKEN: 'x' };
    expect(await secretsOrFinding(environment, async () => more)).toEqual({ environment: more, finding: null });
  });

  it('do without an answer, and say what to do', async () => {
    const what = 'Secret "family" of AWS Secrets Manager in eu-central-1';
    const why = 'AWS did not answer within 10 s';
    const next = 'Check the network and AWS_REGION, then run again.';
    const problem: Problem = { code: 'secrets-unavailable', what, why, next, passing: true };
    expect(await secretsOrFinding(environment, failing(problem))).toEqual({
      environment,
      finding: { subject: 'secrets', state: 'bad', what: `${what} could not be read: ${why}.`, mend: next },
    });
  });

  it('end the command when a person cancelled it', async () => {
    await expect(secretsOrFinding(environment, failing({ code: 'cancelled' }))).rejects.toThrow(/cancelled/);
  });
});
