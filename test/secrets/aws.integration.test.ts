import { describe, expect, it } from 'vitest';
import { AutoSyncError } from '../../src/core/errors.js';
import { awsSecrets } from '../../src/secrets/aws.js';
import type { Environment } from '../../src/secrets/environment.js';
import { NEVER } from '../support/openPort.js';
import { KEYS, type SecretsManager, startSecretsManager, type Turn } from './secretsManager.js';

const CANARY = 'canary-of-the-secret';
const QUICK = { wait: 1 };

const holding = (text: unknown): Turn => ({
  kind: 'value',
  value: { ARN: 'arn:aws:secretsmanager:eu-central-1:1:secret:family', SecretString: text },
});
const values = (of: Readonly<Record<string, unknown>>): Turn => holding(JSON.stringify(of));
const error = (type: string, status = 400): Turn => ({ kind: 'error', status, type });
const token = values({ AUTOSYNC_SOURCE_TOKEN: CANARY });

const environmentOf = ({ origin }: SecretsManager, more: Environment = {}): Environment => ({
  AUTOSYNC_AWS_SECRET_ID: 'family',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: KEYS.id,
  AWS_SECRET_ACCESS_KEY: KEYS.secret,
  AWS_SESSION_TOKEN: KEYS.session,
  AWS_ENDPOINT_URL: origin,
  ...more,
});

/** The problem of a look-up that must fail, after a look that neither it nor its stack tells a secret. */
async function problemOf(looking: Promise<unknown>): Promise<AutoSyncError> {
  const thrown: unknown = await looking.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof AutoSyncError)) throw new Error(`not refused as it should be: ${String(thrown)}`);
  const said = [thrown.message, thrown.stack, JSON.stringify(thrown.problem), String(thrown.cause)].join('\n');
  expect(said).not.toMatch(/canary/i);
  return thrown;
}

async function refusedBy(
  ...turns: readonly Turn[]
): Promise<{ readonly asked: number; readonly problem: AutoSyncError }> {
  const aws = await startSecretsManager(...turns);
  const problem = await problemOf(awsSecrets(environmentOf(aws), QUICK, NEVER));
  return { asked: aws.asked.length, problem };
}

describe('a secret of AWS Secrets Manager', () => {
  it('is asked for by name, signed, and gives what it holds by names that AutoSync knows', async () => {
    const aws = await startSecretsManager(
      values({ AUTOSYNC_SOURCE_TOKEN: CANARY, GITHUB_TOKEN: ' other ', NODE_OPTIONS: '--require ./evil.js', PATH: 1 }),
    );
    const before = environmentOf(aws, { GITHUB_TOKEN: '', OTHER: 'kept' });
    expect(await awsSecrets(before, QUICK, NEVER)).toEqual({
      ...before,
      AUTOSYNC_SOURCE_TOKEN: CANARY,
      GITHUB_TOKEN: 'other',
    });
    expect(aws.asked).toEqual(['{"SecretId":"family"}']);
  });

  it('is not asked for when the environment names none', async () => {
    const aws = await startSecretsManager(token);
    const environment = environmentOf(aws, { AUTOSYNC_AWS_SECRET_ID: ' ' });
    expect(await awsSecrets(environment, QUICK, NEVER)).toBe(environment);
    expect(aws.asked).toEqual([]);
  });

  it.each<readonly [string, Environment]>([
    ['the same name', { AUTOSYNC_SOURCE_TOKEN: 'ours' }],
    ['the other name of the token', { SOURCE_PAT: 'ours' }],
  ])('gives way to %s in the environment, and then does not say where that token goes', async (_, ours) => {
    const stored = { AUTOSYNC_SOURCE_TOKEN: CANARY, AUTOSYNC_SOURCE_ORIGIN: 'https://elsewhere.example' };
    const before = environmentOf(await startSecretsManager(values(stored)), ours);
    expect(await awsSecrets(before, QUICK, NEVER)).toEqual(before);
  });

  it('says where its own token goes', async () => {
    const stored = { SOURCE_PAT: CANARY, AUTOSYNC_SOURCE_ORIGIN: 'https://git.example' };
    const found = await awsSecrets(environmentOf(await startSecretsManager(values(stored))), QUICK, NEVER);
    expect(found).toMatchObject(stored);
  });

  it.each([
    ['AccessDeniedException', 'may not read it'],
    ['ExpiredTokenException', 'expired'],
    ['com.amazonaws.secretsmanager#ResourceNotFoundException', 'no such secret'],
    ['UnrecognizedClientException', 'does not know the credentials'],
    ['Exception with canary', 'status 400'],
  ])('that is refused with %s is asked for once, and the reason is told', async (type, why) => {
    const { asked, problem } = await refusedBy(error(type));
    expect(asked).toBe(1);
    expect(problem.code).toBe('secrets-unavailable');
    expect(problem.message).toContain('Secret "family" of AWS Secrets Manager in eu-central-1 could not be read: ');
    expect(problem.message).toContain(why);
  });

  it('is refused to a wrong key', async () => {
    const aws = await startSecretsManager(token);
    const environment = environmentOf(aws, { AWS_SECRET_ACCESS_KEY: 'canary-that-is-wrong' });
    expect((await problemOf(awsSecrets(environment, QUICK, NEVER))).message).toContain('did not accept the signature');
  });

  it.each<readonly [string, Turn]>([
    ['throttles', error('ThrottlingException')],
    ['fails', error('InternalServiceError', 500)],
    ['cuts the connection', { kind: 'cut' }],
  ])('is asked for again when AWS %s', async (_, turn) => {
    const aws = await startSecretsManager(turn, turn, turn, token);
    expect(await awsSecrets(environmentOf(aws), QUICK, NEVER)).toMatchObject({ AUTOSYNC_SOURCE_TOKEN: CANARY });
    expect(aws.asked).toHaveLength(4);
  });

  it('is asked for four times at most', async () => {
    const { asked, problem } = await refusedBy(error('ThrottlingException'));
    expect(asked).toBe(4);
    expect(problem.message).toContain('asked too often');
  });

  it('is not waited for without end', async () => {
    const aws = await startSecretsManager({ kind: 'hang' });
    const looking = awsSecrets(environmentOf(aws), { ...QUICK, timeout: 50 }, NEVER);
    expect((await problemOf(looking)).message).toContain('did not answer within 0.05 s');
  });

  it('is no longer waited for once the run is cancelled', async () => {
    const aws = await startSecretsManager({ kind: 'hang' });
    const looking = awsSecrets(environmentOf(aws), QUICK, AbortSignal.timeout(50));
    expect((await problemOf(looking)).code).toBe('cancelled');
  });

  it('is not looked for where the endpoint redirects to', async () => {
    const elsewhere = await startSecretsManager(token);
    const { asked, problem } = await refusedBy({ kind: 'redirect', to: elsewhere.origin });
    expect(problem.message).toContain('redirects elsewhere');
    expect([asked, elsewhere.asked.length]).toEqual([1, 0]);
  });

  it.each<readonly [string, Turn, string]>([
    ['is binary', { kind: 'value', value: { SecretBinary: 'canary' } }, 'it holds no text'],
    ['is a bare token', holding(CANARY), 'its value is no JSON object'],
    ['is a list', holding(JSON.stringify([CANARY])), 'its value is no JSON object'],
    ['holds no text by a known name', values({ GITHUB_TOKEN: [CANARY] }), 'GITHUB_TOKEN in it is no text'],
  ])('that %s is refused without quoting it', async (_, turn, why) => {
    expect((await refusedBy(turn)).problem.message).toContain(why);
  });

  it('whose server is not there is told with what the network said', async () => {
    const looking = awsSecrets(environmentOf({ origin: 'http://127.0.0.1:1', asked: [] }), QUICK, NEVER);
    expect((await problemOf(looking)).message).toMatch(/the connection failed/);
  });
});
