import { RequestError } from '@octokit/request-error';
import { describe, expect, it } from 'vitest';
import { AutoSyncError } from '../../src/core/errors.js';
import { createRedactor } from '../../src/core/redaction.js';
import { failure } from '../../src/github/failures.js';
import { isUnsure, refusalStatus } from '../../src/github/refusal.js';

const TOKEN = 'a-token-of-no-known-shape';
const attempted = {
  repository: { owner: 'acme', name: 'shop', server: 'https://github.com', api: 'https://api.github.com' },
  need: 'write-pulls',
  writes: true,
  redact: createRedactor([TOKEN]),
} as const;
const request = {
  method: 'POST',
  url: 'https://api.github.com/x',
  headers: { authorization: `token ${TOKEN}` },
} as const;

const answered = (status: number, message: string, headers: Record<string, string> = {}): RequestError =>
  new RequestError(message, status, {
    request,
    response: { status, url: request.url, headers, data: {} },
  });
const textOf = (error: unknown): string => String(failure(error, attempted));

describe('a failure of a request', () => {
  it('for want of single sign-on says where to authorise the token', () => {
    const error = answered(403, 'Resource protected by organization SAML enforcement.', {
      'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=AAAA',
    });
    expect(textOf(error)).toContain('under "Configure SSO"');
    expect(textOf(error)).not.toContain('AAAA');
  });

  it('for an archived repository does not ask for a permission', () => {
    const text = textOf(answered(403, 'Repository was archived so is read-only.'));
    expect(text).toContain('Unarchive acme/shop');
    expect(text).not.toContain('Grant');
  });

  it("for GitHub Actions' own token names the setting", () => {
    const text = textOf(answered(403, 'GitHub Actions is not permitted to create or approve pull requests.'));
    expect(text).toContain('Tick "Allow GitHub Actions to create and approve pull requests"');
  });

  it('because of a limit is one to wait for, and surely wrote nothing', () => {
    for (const error of [
      answered(403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0' }),
      answered(403, 'You have exceeded a secondary rate limit.'),
      answered(429, 'Too Many Requests', { 'retry-after': '60' }),
      new Error('GraphQL Rate Limit Exceeded'),
    ]) {
      expect(textOf(error)).toContain('rate limit for this token is used up');
      expect(isUnsure(failure(error, attempted))).toBe(false);
    }
  });

  it('of a write by the server or the network leaves open whether it was done; of a read it does not', () => {
    for (const error of [answered(502, 'Bad gateway'), new RequestError('socket hang up', 500, { request })]) {
      expect(isUnsure(failure(error, attempted))).toBe(true);
      expect(isUnsure(failure(error, { ...attempted, writes: false }))).toBe(false);
    }
    expect(refusalStatus(failure(answered(422, 'Validation Failed'), attempted))).toBe(422);
  });

  it('says in the words of GitHub what was wrong, without the token, control characters and the manual', () => {
    const text = textOf(answered(422, `Bad ${TOKEN}\u001b[2J: x - https://docs.github.com/rest/pulls`));
    expect(text).toContain('Bad [redacted]: x.');
    expect(text).not.toContain('docs.github.com');
  });

  it('that is no failure of a request but a defect is handed back as it is', () => {
    const defect = new TypeError('x is not a function');
    expect(failure(defect, attempted)).toBe(defect);
    const ours = new AutoSyncError({ code: 'cancelled' });
    expect(failure(ours, attempted)).toBe(ours);
  });
});
