import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AutoSyncError } from '../../src/core/errors.js';
import { checkBranchName, checkFolder, checkRemoteUrl } from '../../src/core/safeInput.js';

const unsafe = expect.objectContaining({ code: 'unsafe-input' });
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.constantFrom(
        'https://',
        'ssh://',
        'git@',
        'host',
        ':',
        '/',
        '@',
        '-',
        '--',
        '..',
        '.lock',
        'ext::',
        '@{',
        '\n',
        '\x1b[',
      ),
      fc.constantFrom('refs/heads/', 'HEAD', 'file://', 'http://127.0.0.1', '\\', '%00', '[::1]', '\u202e', ' '),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

function outcomeOf(check: (value: string) => string, value: string): string {
  try {
    return check(value);
  } catch (error) {
    if (error instanceof AutoSyncError) return `refused: ${error.message}`;
    throw error;
  }
}

describe('checkRemoteUrl', () => {
  it.each([
    ['https://github.com/org/app.git', 'https://github.com/org/app.git'],
    ['HTTPS://GitHub.com/org/app', 'https://github.com/org/app'],
    ['https://host.example:8443/x', 'https://host.example:8443/x'],
    ['http://127.0.0.1:3000/x.git', 'http://127.0.0.1:3000/x.git'],
    ['http://localhost/x', 'http://localhost/x'],
    ['http://[::1]:80/x', 'http://[::1]/x'],
    ['ssh://git@Host.example:22/org/app.git', 'ssh://git@host.example:22/org/app.git'],
    ['git@github.com:org/app.git', 'git@github.com:org/app.git'],
    ['host.example:org/app', 'host.example:org/app'],
    ['file:///srv/git/app.git', 'file:///srv/git/app.git'],
    ['file://localhost/srv/app', 'file:///srv/app'],
  ])('takes %s', (given, expected) => {
    expect(checkRemoteUrl(given)).toBe(expected);
  });

  it.each([
    '--upload-pack=touch P;git-upload-pack',
    'ext::sh -c touch% P',
    'EXT::sh',
    'fd::17',
    'http::https://x',
    'ssh://-oProxyCommand=touch P',
    'ssh://-oProxyCommand=x/y',
    'ssh://-x@host/y',
    'ssh://user@-host/y',
    'ssh://git@host/-x',
    '-oProxyCommand=x:y',
    'git@-host:path',
    '-git@host:path',
    'git@host:-path',
    'https:///evil.test',
    'https://github.com@evil.test/x',
    'https://user:pass@host/x',
    'https://token@host/x',
    'https://-host/x',
    'http://example.com/x',
    'http://127.0.0.1.evil.test/x',
    'git://host/x',
    'ftp://host/x',
    'javascript:alert(1)//',
    'https://host/x\n--option',
    'https://host/\u202ex',
    'https://ho st/x',
    'https://host\\@evil.test/x',
    'https://host/x?y=z',
    'https://host:99999/x',
    'C:\\repos\\app',
    'c:/repos/app',
    '../app',
    '/srv/app',
    '',
    ' https://host/x',
    'file://host/x',
    'ssh://host',
  ])('refuses %j', (given) => {
    expect(() => checkRemoteUrl(given)).toThrow(unsafe);
  });

  it('says how to give a token, and does not repeat the one it was given', () => {
    expect(() => checkRemoteUrl('https://me:hunter22@host/x')).toThrow(/AUTOSYNC_SOURCE_TOKEN/);
    expect(outcomeOf(checkRemoteUrl, 'https://me:hunter22@host/x')).not.toContain('hunter22');
    expect(outcomeOf(checkRemoteUrl, 'ssh://me:hunter22@host/x')).not.toContain('hunter22');
    expect(outcomeOf(checkRemoteUrl, 'me:hunter22@host/x')).not.toContain('hunter22');
  });

  it('never lets an option, a control character or a helper through, whatever comes in', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const outcome = outcomeOf(checkRemoteUrl, value);
        expect(outcome).not.toMatch(/\p{Cc}/u);
        if (outcome.startsWith('refused: ')) return;
        expect(outcome).toMatch(/^(?:https?:\/\/|ssh:\/\/|file:\/\/\/|[^-/:@]+[@:])/);
        expect(outcome).not.toMatch(/^-|^[^/]*::[^\]]|^(?:https?|ssh):\/\/(?:[^/]*@)?-|^[^/:]*@-/);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('checkBranchName', () => {
  it.each(['main', 'feature/x', 'release-1.2', 'größe', 'a@b', 'v1.0/x-y_z', '日本'])('takes %s', (name) => {
    expect(checkBranchName(name)).toBe(name);
  });

  it.each([
    '--output=P',
    '-x',
    'refs/heads/--upload-pack=x',
    'refs/heads/main',
    'a/-b',
    'a..b',
    'a@{1}',
    '@',
    'HEAD',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[',
    'a\\b',
    'a.lock',
    'a.lock/b',
    'a.',
    '.a',
    'a/.b',
    'a//b',
    '/a',
    'a/',
    '',
    'a\nb',
    'a\x7f',
    'a\u200bb',
    '\ud800',
    'a'.repeat(251),
  ])('refuses %j', (name) => {
    expect(() => checkBranchName(name)).toThrow(unsafe);
  });

  it('never lets an option or a control character through, whatever comes in', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const outcome = outcomeOf(checkBranchName, value);
        expect(outcome).not.toMatch(/\p{Cc}/u);
        if (!outcome.startsWith('refused: ')) expect(outcome).not.toMatch(/(?:^|\/)-|\.\.|[\s~^:?*[\\]|@\{|\.lock$/);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('checkFolder', () => {
  it.each(['../app-globex', '/srv/app', 'C:\\repos\\app', 'with space', './-odd'])('takes %s', (folder) => {
    expect(checkFolder(folder)).toBe(folder);
  });

  it.each(['', '  ', '-x', '--upload-pack=x', 'a\0b', 'a\nb', 'ext::sh'])('refuses %j', (folder) => {
    expect(() => checkFolder(folder)).toThrow(unsafe);
  });
});
