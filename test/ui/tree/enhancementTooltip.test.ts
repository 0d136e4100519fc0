import { describe, expect, it } from 'vitest';
import { enhancementTooltip } from '../../../src/ui/tree/enhancementTooltip.js';
import { sampleCommit } from './samples.js';

/** The tooltip without the signs that keep text plain. */
const shown = (more: Parameters<typeof sampleCommit>[0]): string =>
  enhancementTooltip('acme', sampleCommit(more)).replace(/&#(\d+);/g, (_sign, code) =>
    String.fromCharCode(Number(code)),
  );

describe('the tooltip of a commit', () => {
  it('itemises the risk by what counts', () => {
    const risk = {
      score: 8,
      items: [
        { reason: 'files changed', count: 2, weight: 1 },
        { reason: 'new type errors', count: 2, weight: 3 },
        { reason: 'new test failures', count: 0, weight: 5 },
      ],
    };
    expect(shown({ risk })).toContain('**Risk 8**: files changed 2, new type errors 2 × 3');
  });

  it('keeps its order where an author is written from right to left', () => {
    const author = '\u05de\u05d7\u05d1\u05e8';
    expect(shown({ author })).toMatch(new RegExp(`\\n\u2068${author}\u2069 \u00b7 \\d+ `));
  });

  it('tells since when it stands there, as far as that is known', () => {
    expect(shown({ standing: 'conflict', since: '2026-01-02T12:00:00.000Z' })).toMatch(
      /\n\nIn conflict since \d+ Jan 2026, \d\d:\d\d\.\n\n/,
    );
    expect(shown({ standing: 'conflict' })).not.toContain('since');
  });

  it('says why in the words of the editor', () => {
    const reason = 'It picks cleanly; `autosync sync` validates it.';
    expect(shown({ reason })).toContain('**Candidate**: It picks cleanly; "AutoSync: Sync Now" validates it.');
  });

  it('names the vetoes, the forecast and what was dropped', () => {
    const text = shown({
      vetoes: ['younger than 1d'],
      files: { kept: ['a', 'b'], dropped: [{ path: '.env', rule: 'deny list' }] },
      pullRequest: 'https://example.com/pull/1',
      ci: 'All of it passed.',
    });
    expect(text).toContain('**Held back from auto-merge**\n- younger than 1d');
    expect(text).toContain('It picks cleanly onto your branch. 2 files kept, 1 dropped by a rule.');
    expect(text).toContain('Pull request: https://example.com/pull/1');
    expect(text).toContain('**CI after it landed**: All of it passed.');
  });

  it('does not say that it conflicts where it was picked all the same', () => {
    const text = (more: Parameters<typeof sampleCommit>[0]) => shown({ forecast: 'conflict', ...more });
    expect(text({ standing: 'conflict' })).toContain('It conflicts with your branch. ');
    expect(text({ standing: 'review' })).toContain('Alone, the whole commit would conflict with your branch. ');
    const resolved = { by: 'A. Keeper', at: '2026-01-02T03:04:05Z' };
    expect(text({ standing: 'candidate', resolved })).toContain(
      'Its conflict with your branch was resolved by a person. ',
    );
    for (const standing of ['review', 'landed', 'rejected'] as const)
      expect(text({ standing })).not.toContain('It conflicts');
  });

  it('names conflicting files with their last authors, and what the commit builds on', () => {
    const file = { path: 'src/a.ts', type: 'contents', hunks: [], lastAuthorHere: 'A. Writer', lastAuthorThere: null };
    const prerequisite = { sha: 'd'.repeat(40), subject: 'feat: before', standing: 'rejected', paths: [] } as const;
    const text = shown({
      standing: 'conflict',
      evidence: { kind: 'conflict', files: Array(7).fill(file), prerequisites: [prerequisite] },
    });
    expect(text).toContain('- src/a.ts (contents, here last by A. Writer)');
    expect(text).toContain('- and 2 more');
    expect(text).toContain('builds on `dddddddddd` feat: before (rejected)');
  });

  it('says once what failed as a whole', () => {
    const failure = { check: 'lint', name: 'lint', file: null, message: 'no var' };
    const text = shown({ standing: 'rejected', evidence: { kind: 'rejected', failures: [failure], because: null } });
    expect(text).toContain('- lint breaks  \n  no var');
  });

  it('quotes the first lines of the check that breaks', () => {
    const failure = { check: 'test', name: 'adds up', file: 'test/sum.test.ts', message: 'one\n\ntwo\nthree\nfour' };
    const text = shown({ standing: 'rejected', evidence: { kind: 'rejected', failures: [failure], because: null } });
    expect(text).toContain('- test breaks: adds up in test/sum.test.ts  \n  one  \n  two  \n  three');
    expect(text).not.toContain('four');
  });
});

describe('foreign text in a tooltip', () => {
  const evil = '[x](command:a) <img src=x> https://evil.example $(trash) **b** \u202e';

  it('holds no sign that could mean something, wherever it comes from', () => {
    const file = { path: evil, type: evil, hunks: [], lastAuthorHere: evil, lastAuthorThere: evil };
    const texts = [
      sampleCommit({ subject: evil, author: evil, reason: evil, vetoes: [evil], pullRequest: evil }),
      sampleCommit({ evidence: { kind: 'conflict', files: [file], prerequisites: [] } }),
      sampleCommit({
        evidence: {
          kind: 'rejected',
          failures: [{ check: evil, name: evil, file: evil, message: evil }],
          because: null,
        },
      }),
      sampleCommit({ evidence: { kind: 'rule', rule: evil, files: [{ path: evil, rule: evil }] } }),
      sampleCommit({
        evidence: {
          kind: 'review',
          branch: evil,
          pick: 'a'.repeat(40),
          tree: 'b'.repeat(40),
          checks: [evil],
          flaky: [evil],
          fixed: [{ check: evil, name: evil, file: evil, message: evil }],
        },
      }),
    ].map((commit) => enhancementTooltip(evil, commit));
    expect(texts.filter((text) => /[[\]<>$]|\*\*b|:\/\/|\u202e/.test(text))).toEqual([]);
    expect(texts.every((text) => text.includes('trash'))).toBe(true);
  });
});
