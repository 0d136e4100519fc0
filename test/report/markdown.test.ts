import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.js';
import { neutral } from '../../src/report/markdownText.js';
import { commitOf, EVERY_STANDING, HOSTILE, poisoned, STATUS, shaOf } from './samples.js';

const rows = EVERY_STANDING.map((commit) => ({ sibling: 'acme', commit }));
const report = renderMarkdown({ date: '2026-03-02', status: STATUS, rows });

describe('renderMarkdown', () => {
  it('counts each sibling by standing', () => {
    expect(report).toContain('| sibling | review | conflict | rejected |');
    expect(report).toContain('| acme | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 3 | 12 |');
    expect(report).toContain('| globex | 0 |');
  });

  it('tells what landed, what waits and why, conflicts with what is missing, and failing checks', () => {
    expect(report).toContain(`landed as \`${shaOf(33).slice(0, 10)}\``);
    expect(report).toContain('  - It says that it is a breaking change. Its risk of 7 is above 5.');
    expect(report).toContain('  - Pull request: <https://github.com/org/app/pull/12>');
    expect(report).toContain(`needs \`${shaOf(3).slice(0, 10)}\` refactor(invoice): split the totals (filtered)`);
    expect(report).toContain('**typecheck**: TS2345 in src/search.ts');
    expect(report).toContain('| type: docs | 2 |');
  });

  it('tells the newest conflicts in full and every older one by its title', () => {
    const { evidence } = EVERY_STANDING.find(({ standing }) => standing === 'conflict') ?? commitOf(0);
    const many = Array.from({ length: 40 }, (_, index) => ({
      sibling: 'acme',
      commit: commitOf(index, { standing: 'conflict', evidence, reason: 'It conflicts.' }),
    }));
    const text = renderMarkdown({ date: '2026-03-02', status: STATUS, rows: many });
    expect(text).toContain('10 older conflicts below by title alone');
    for (const { commit } of many) expect(text).toContain(`- \`${commit.sha.slice(0, 10)}\``);
    expect(text.match(/ {2}- It conflicts\./g)).toHaveLength(30);
    expect(text.indexOf('  - It conflicts.')).toBeGreaterThan(text.indexOf(shaOf(9).slice(0, 10)));
  });

  it('says that nothing ran and nothing is configured, when that is so', () => {
    const empty = renderMarkdown({ date: '2026-03-02', status: { ...STATUS, siblings: [], lastRun: null }, rows: [] });
    expect(empty).toContain('Nothing ran yet.');
    expect(empty).toContain('No siblings are configured.');
  });

  it('lets no foreign text be markup, a mention, a reference or a link', () => {
    const hostile = renderMarkdown(poisoned({ date: '2026-03-02', status: STATUS, rows }));
    const unlinked = hostile.replaceAll(/`[0-9a-f]{10}`|&#8203;|&lt;|&gt;|&amp;/g, '');
    expect(unlinked).not.toMatch(/(?<!\\)[`<[]/);
    expect(hostile).not.toMatch(/@[a-z]|#\d(?!203;)|(?!\n)\p{Cc}/u);
    expect(
      hostile
        .split('\n')
        .filter((line) => line.startsWith('| '))
        .every((line) => line.endsWith(' |')),
    ).toBe(true);
  });

  it('keeps the columns of its tables whatever the names hold', () => {
    const hostile = renderMarkdown(poisoned({ date: '2026-03-02', status: STATUS, rows }));
    const table = hostile.split('## Summary')[1]?.split('##')[0]?.trim().split('\n') ?? [];
    const columns = table.map((line) => line.split(/(?<!\\)\|/).length);
    expect(new Set(columns).size).toBe(1);
  });
});

describe('neutral', () => {
  it.each([
    ['a|b', 'a\\|b'],
    ['`code`', '\\`code\\`'],
    ['<b>&', '&lt;b&gt;&amp;'],
    ['[a](b)', '\\[a\\](b)'],
    ['@org/team', '@&#8203;org/team'],
    ['fixes #12, GH-7', 'fixes #&#8203;12, GH-&#8203;7'],
    ['see https://evil.test', 'see https:&#8203;//evil.test'],
    ['www.evil.test', 'www&#8203;.evil.test'],
    ['one\r\ntwo', 'one two'],
    ['a\\|b', 'a\\\\\\|b'],
  ])('%j becomes %j', (text, expected) => {
    expect(neutral(text)).toBe(expected);
  });

  it('cannot be fed the zero-width space that it breaks links with', () => {
    expect(neutral(`\u200b${HOSTILE}`)).not.toContain('\u200b');
  });
});
