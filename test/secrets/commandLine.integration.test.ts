import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli.js';
import { makeFamily } from '../support/family.js';
import { NEVER } from '../support/openPort.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { KEYS, startSecretsManager, type Turn } from './secretsManager.js';

interface Started {
  readonly folder?: string;
  /** What of the environment is another. */
  readonly more?: Readonly<Record<string, string>>;
}

/** Runs the command line, as it is: in a folder that is no repository, unless one is named. */
async function started(line: string, turn: Turn, { folder = temporaryFolder(), more = {} }: Started = {}) {
  const aws = await startSecretsManager(turn);
  const out: string[] = [];
  const environment = {
    AUTOSYNC_AWS_SECRET_ID: 'family',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: KEYS.id,
    AWS_SECRET_ACCESS_KEY: KEYS.secret,
    AWS_SESSION_TOKEN: KEYS.session,
    AWS_ENDPOINT_URL: aws.origin,
    ...more,
  };
  const stdout = { write: (text: string) => out.push(text) };
  const world = { stdout, stderr: { write: () => undefined }, folder, clock: Date.now };
  const status = await main([...line.split(' '), '--json'], { ...world, environment, signal: NEVER });
  expect(out.join('')).not.toMatch(/canary/i);
  return { status, document: JSON.parse(out.join('')), asked: aws.asked.length };
}

async function run(line: string, turn: Turn) {
  const { status, document, asked } = await started(line, turn);
  return { status, code: document.error.code, asked };
}

const value: Turn = { kind: 'value', value: { SecretString: '{"GITHUB_TOKEN":"canary-of-the-secret"}' } };
const denied: Turn = { kind: 'error', status: 400, type: 'AccessDeniedException' };

describe('the command line with a secret in AWS Secrets Manager', () => {
  it('reads it before it begins', async () => {
    expect(await run('sync', value)).toEqual({ status: 1, code: 'no-repository', asked: 1 });
  });

  it('begins nothing without it', async () => {
    expect(await run('sync', denied)).toEqual({ status: 1, code: 'secrets-unavailable', asked: 1 });
  });

  it.each<readonly [string, Turn, Readonly<Record<string, string>>, RegExp, RegExp]>([
    ['may not read it', denied, {}, /may not read it/, /Allow secretsmanager:GetSecretValue/],
    ['does not find it', { kind: 'error', status: 400, type: 'ResourceNotFoundException' }, {}, /no such/, /Check/],
    ['has no credentials', value, { AWS_ACCESS_KEY_ID: '' }, /AWS_ACCESS_KEY_ID is not/, /Set the credentials/],
  ])('tells as a finding of the doctor that it %s, with the other findings', async (_, turn, more, what, mend) => {
    const family = makeFamily(['acme']);
    const { status, document } = await started('doctor', turn, { folder: family.target, more });
    expect(status).toBe(1);
    const [first, ...others] = document.findings;
    expect(first).toEqual({
      ...{ subject: 'secrets', state: 'bad' },
      ...{ what: expect.stringMatching(what), mend: expect.stringMatching(mend) },
    });
    expect(first.what).not.toMatch(mend);
    const subjects = others.map(({ subject }: { readonly subject: string }) => subject);
    expect(subjects).toEqual(expect.arrayContaining(['git', 'target', 'sibling acme', 'landing', 'state']));
  });

  it('does not ask for it where it needs none', async () => {
    expect(await run('status', denied)).toEqual({ status: 1, code: 'no-repository', asked: 0 });
  });
});
