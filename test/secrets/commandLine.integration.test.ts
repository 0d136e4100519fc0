import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli.js';
import { NEVER } from '../support/openPort.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { KEYS, startSecretsManager, type Turn } from './secretsManager.js';

/** Runs the command line, as it is, in a folder that is no repository. */
async function run(line: string, turn: Turn) {
  const aws = await startSecretsManager(turn);
  const out: string[] = [];
  const environment = {
    AUTOSYNC_AWS_SECRET_ID: 'family',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: KEYS.id,
    AWS_SECRET_ACCESS_KEY: KEYS.secret,
    AWS_SESSION_TOKEN: KEYS.session,
    AWS_ENDPOINT_URL: aws.origin,
  };
  const stdout = { write: (text: string) => out.push(text) };
  const world = { stdout, stderr: { write: () => undefined }, folder: temporaryFolder(), clock: Date.now };
  const status = await main([...line.split(' '), '--json'], { ...world, environment, signal: NEVER });
  expect(out.join('')).not.toMatch(/canary/i);
  return { status, code: JSON.parse(out.join('')).error.code, asked: aws.asked.length };
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

  it('does not ask for it where it needs none', async () => {
    expect(await run('status', denied)).toEqual({ status: 1, code: 'no-repository', asked: 0 });
  });
});
