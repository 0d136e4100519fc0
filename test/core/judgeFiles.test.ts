import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../src/core/commit.js';
import { type FileOrigins, judgeFiles } from '../../src/core/judgeFiles.js';
import { followLink } from '../../src/core/linkTarget.js';
import { compilePathRules } from '../../src/core/pathRules.js';

const rules = compilePathRules({ allow: ['**'], deny: ['docs/**'] });
const nothing: FileOrigins = { sources: new Map(), smuggled: new Set(), links: new Map() };
const blob = 'b'.repeat(40);

function change(path: string, more: Partial<FileChange> = {}): FileChange {
  const base = { status: 'A', oldMode: '000000', newMode: '100644', oldBlob: '0'.repeat(40), newBlob: blob } as const;
  return { ...base, path, ...more };
}

function ruleFor(given: FileChange, origins: Partial<FileOrigins> = {}): string | undefined {
  return judgeFiles([given], rules, { ...nothing, ...origins }).dropped[0]?.rule;
}

const linkRule = (path: string, target: string): string | undefined =>
  ruleFor(change(path, { newMode: '120000' }), { links: new Map([[blob, target]]) });

describe('judgeFiles', () => {
  it('keeps what no rule drops, in order', () => {
    const judged = judgeFiles([change('b'), change('.env'), change('a')], rules, nothing);
    expect(judged.kept).toEqual(['b', 'a']);
    expect(judged.dropped).toEqual([{ path: '.env', rule: 'deny list: environment file (.env*)' }]);
  });

  it('drops a file that was renamed or copied from a denied path', () => {
    expect(ruleFor(change('notes.txt'), { sources: new Map([['notes.txt', '.env']]) })).toContain('from .env');
    expect(ruleFor(change('a.md'), { sources: new Map([['a.md', 'docs/a.md']]) })).toContain('from docs/a.md');
    expect(ruleFor(change('b.ts'), { sources: new Map([['b.ts', 'a.ts']]) })).toBeUndefined();
  });

  it('keeps a file that was renamed from a path that is merely not allowed', () => {
    const narrow = compilePathRules({ allow: ['src/**'], deny: [] });
    const origins = { ...nothing, sources: new Map([['src/a', 'old/a']]) };
    expect(judgeFiles([change('src/a')], narrow, origins).kept).toEqual(['src/a']);
  });

  it('drops a file with the content of a denied one', () => {
    expect(ruleFor(change('x.txt'), { smuggled: new Set([blob]) })).toBe('same content as a file at a denied path');
  });

  it('drops submodules, also when one goes away', () => {
    expect(ruleFor(change('vendor/x', { newMode: '160000' }))).toBe('submodule');
    expect(ruleFor(change('vendor/x', { status: 'D', oldMode: '160000', newMode: '000000' }))).toBe('submodule');
  });

  it('drops a deletion, a mode change and a type change of a denied path', () => {
    expect(ruleFor(change('.npmrc', { status: 'D', newMode: '000000' }))).toContain('.npmrc');
    expect(ruleFor(change('.npmrc', { status: 'M', oldMode: '100644', newMode: '100755' }))).toContain('.npmrc');
    expect(ruleFor(change('.npmrc', { status: 'T', oldMode: '100644', newMode: '120000' }))).toContain('.npmrc');
  });

  it('keeps the deletion of an ordinary file', () => {
    expect(ruleFor(change('a.ts', { status: 'D', newMode: '000000' }))).toBeUndefined();
  });

  it.each([
    ['link', '/tmp/outside', 'symbolic link to /tmp/outside, which has an absolute target'],
    ['link', 'C:\\x', 'which has an absolute target'],
    ['link', '../outside', 'which leaves the repository'],
    ['a/b/link', '../../../x', 'which leaves the repository'],
    ['link', 'a/../../..', 'which leaves the repository'],
    ['a/link', '..\\..\\x', 'which leaves the repository'],
    ['a/b/link', 'c/../../x', 'goes back (..) through another name'],
    ['link', '.env', 'symbolic link to .env, which a rule denies'],
    ['a/link', '../docs/x', 'which a rule denies'],
    ['a/link', '..', 'which is the whole repository'],
    ['link', '.', 'which is the whole repository'],
    ['link', '.github', 'in the place of .github/'],
    ['.github', 'tools', 'in the place of .github/'],
    ['link', 'x\x1b[31m\0', 'has no readable target'],
  ])('drops a link %s -> %j', (path, target, rule) => {
    expect(linkRule(path, target)).toContain(rule);
    expect(linkRule(path, target)).not.toMatch(/\p{Cc}/u);
  });

  it('keeps a link that stays inside', () => {
    expect(linkRule('a/link', '../b/c.txt')).toBeUndefined();
    expect(linkRule('link', './a//b')).toBeUndefined();
  });

  it('drops a link whose target is not known', () => {
    expect(ruleFor(change('link', { newMode: '120000' }))).toBe('symbolic link whose target could not be read');
  });
});

describe('followLink', () => {
  it('says where in the tree a link leads', () => {
    expect(followLink('a/b/link', '../c/./d')).toEqual({ kind: 'inside', path: 'a/c/d' });
  });
});
