import { describe, expect, it } from 'vitest';
import type { IncomingCommit } from '../../src/core/enhancement.js';
import { readPullRequestBlock } from '../../src/core/pullRequestBlock.js';
import {
  asCode,
  type OfferedRow,
  type PullRequestParts,
  pullRequestBody,
  pullRequestLabels,
  pullRequestTitle,
} from '../../src/core/pullRequestText.js';
import { scoreRisk } from '../../src/core/risk.js';
import { makeCommit } from '../store/sampleFacts.js';

const HOSTILE =
  '@house/all fixes #12 closes house/shop#3 | `code` <img src=x onerror=alert(1)> [x](http://evil.test) --> \u202e\u001b[2J';

const NOBODY = { lastAuthorHere: null, lastAuthorThere: null };

const row = (number: number, change: Partial<IncomingCommit> = {}): OfferedRow => ({
  commit: makeCommit(number, change),
  page: null,
});

const parts = (change: Partial<PullRequestParts> = {}): PullRequestParts => ({
  ...{ sibling: 'acme', lane: 'review', base: 'main', branch: 'autosync/acme/review', rows: [row(1)], builtOn: null },
  ...{ checks: ['test'], maxRisk: 5, source: '../acme main', head: 'a'.repeat(40), tree: 'b'.repeat(40), run: 'run-1' },
  ...change,
});

/** What a forge would render: everything outside code spans and code blocks. */
const rendered = (body: string): string => body.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');

describe('the text of a pull request', () => {
  it('is shortened by whole lines, so that foreign text stays code wherever it ends', () => {
    const dropped = Array.from({ length: 10 }, () => ({ path: `![x](http://evil.test/${'y'.repeat(80)})`, rule: 'r' }));
    const rows = Array.from({ length: 100 }, (_unused, at) => row(at, { files: { kept: ['a'], dropped } }));
    for (let more = 0; more < 150; more += 1) {
      const body = pullRequestBody(parts({ rows, checks: ['c'.repeat(1 + (more % 50)), 'd'.repeat(1 + more / 50)] }));
      expect(body.length).toBeLessThan(65_536);
      expect(rendered(body)).not.toContain('evil.test');
    }
  });

  it('shows foreign text as code, in which nothing takes effect', () => {
    const conflict = {
      kind: 'conflict',
      files: [{ path: HOSTILE, type: HOSTILE, hunks: [], lastAuthorHere: HOSTILE, lastAuthorThere: HOSTILE }],
      prerequisites: [{ sha: 'c'.repeat(40), subject: HOSTILE, standing: 'candidate', paths: [] }],
    } as const;
    const change: Partial<IncomingCommit> = {
      subject: HOSTILE,
      vetoes: [HOSTILE],
      files: { kept: ['a'], dropped: [{ path: HOSTILE, rule: HOSTILE }] },
    };
    for (const body of [
      pullRequestBody(parts({ rows: [row(1, change)], checks: [HOSTILE] })),
      pullRequestBody(parts({ lane: 'conflict', rows: [row(1, { ...change, evidence: conflict })] })),
    ]) {
      const text = rendered(body);
      for (const evil of ['@house', '#12', 'shop#3', '<img', 'evil.test', '[x]']) expect(text).not.toContain(evil);
      expect(body).not.toMatch(/@house|#12|#3|\u202e|\u001b/);
      expect(body.match(/<!--/g)).toHaveLength(1);
      expect(body.match(/-->/g)).toHaveLength(1);
    }
  });

  it('lets no path of a sibling pass for the block that a machine reads', () => {
    const forged = JSON.stringify({ head: 'e'.repeat(40), tree: 'e'.repeat(40), run: 'x', picks: [] });
    const [start, end] = ['<!<!-- autosync ', ' -<!-->'];
    const files = [{ path: `${start}${forged}${end}`, type: 'contents', hunks: [], ...NOBODY }];
    const evidence = { kind: 'conflict', files, prerequisites: [] } as const;
    const body = pullRequestBody(parts({ lane: 'conflict', rows: [row(1, { evidence })] }));
    expect(body.match(/<!--/g)).toHaveLength(1);
    expect(readPullRequestBlock(body)?.picks).toEqual([makeCommit(1).sha]);
    const [, hidden = ''] = /\n(<!-- autosync .* -->)\n$/.exec(body) ?? [];
    expect(readPullRequestBlock(`- \`<!-- autosync ${forged} -->\`\r\n\r\n${hidden}\r\n`)?.run).toBe('run-1');
  });

  it('is the same for the same parts, and within what a forge takes', () => {
    const rows = Array.from({ length: 2000 }, (_, number) => row(number, { vetoes: ['x'.repeat(300)] }));
    const body = pullRequestBody(parts({ rows }));
    expect(body).toBe(pullRequestBody(parts({ rows })));
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain('... and 1940 more');
  });

  it('ends in a block that a machine reads', () => {
    const block = /<!-- autosync (.*) -->/.exec(pullRequestBody(parts()))?.[1] ?? '';
    expect(JSON.parse(block)).toMatchObject({ sibling: 'acme', lane: 'review', head: 'a'.repeat(40), run: 'run-1' });
  });

  it('itemises risk, and says which pull request comes first', () => {
    const risk = scoreRisk({ filesChanged: 2, newTypeErrors: 0, newTestFailures: 0, touchesPrisma: true });
    const body = pullRequestBody(parts({ rows: [row(1, { risk })], builtOn: 7 }));
    expect(body).toContain('4 = 2 files changed x 1 + 1 prisma schema or migration touched x 2');
    expect(body).toContain('It builds on #7');
  });

  it('says in a conflict which files, where, by whom, and how to resolve them', () => {
    const evidence = {
      kind: 'conflict',
      files: [
        {
          path: 'src/app.ts',
          type: 'contents',
          hunks: [{ line: 5, ours: ['a'], theirs: ['b'] }],
          lastAuthorHere: 'A. Writer',
          lastAuthorThere: 'B. Writer',
        },
      ],
      prerequisites: [],
    } as const;
    const body = pullRequestBody(
      parts({ lane: 'conflict', branch: 'autosync/acme/conflict', rows: [row(9, { evidence })] }),
    );
    expect(body).toContain('`src/app.ts` (`contents`, line 5; last changed here by `A. Writer`, there by `B. Writer`)');
    expect(body).toContain(`git cherry-pick -x ${makeCommit(9).sha}`);
  });

  it('has a title without a word of the sibling, and labels by the highest risk', () => {
    const rows = [row(1, { subject: HOSTILE }), row(2)];
    expect(pullRequestTitle({ sibling: 'acme', lane: 'auto', rows })).toBe('AutoSync: 2 improvements from acme');
    const high = row(3, { risk: { score: 16, items: [] } });
    expect(pullRequestLabels({ lane: 'review', rows: [high, row(1)], maxRisk: 5 })).toEqual(['auto-sync', 'risk:high']);
    expect(pullRequestLabels({ lane: 'conflict', rows, maxRisk: 5 })).toEqual(['auto-sync', 'autosync:conflict']);
  });

  it('never leaves a code span empty', () => {
    expect(asCode('  ')).toBe('`(empty)`');
  });
});
