import { describe, expect, it } from 'vitest';
import type { IncomingCommit } from '../../../src/core/enhancement.js';
import type { Preview, PreviewFile } from '../../../src/core/preview.js';
import { filePlan, ownPlan, previewPlan } from '../../../src/ui/documents/previewPlan.js';

const sha = '1a2b3c4d5e6f'.padEnd(40, '0');

const file = (path: string, note = ''): PreviewFile => ({ path, before: 'b', after: 'a', note });

const commit: IncomingCommit = {
  sha,
  subject: 'fix: rounding',
  author: 'A. Writer',
  date: '2026-01-02T00:00:00Z',
  type: 'fix',
  scope: null,
  breaking: false,
  standing: 'candidate',
  reason: 'It picks cleanly; `autosync sync` validates it.',
  evidence: { kind: 'candidate', tree: sha, needs: [] },
  forecast: 'clean',
  files: { kept: [], dropped: [] },
  partial: false,
  risk: null,
  vetoes: [],
  verdict: null,
  landed: null,
  pullRequest: null,
};

const preview = (more: Partial<Preview> = {}): Preview => ({
  sibling: 'acme',
  commit,
  target: [file('src/a.ts')],
  own: [file('src/a.ts'), file('src/dropped.ts')],
  conflicts: [],
  ...more,
});

describe('a preview', () => {
  it('is titled by commit, sibling and branch, and says nothing more when all is shown', () => {
    expect(previewPlan(preview(), 'main')).toEqual({
      title: 'Preview fix: rounding (acme 1a2b3c4d5e) → main',
      files: [file('src/a.ts')],
      message: null,
    });
  });

  it('says why nothing would change, in the words of the editor', () => {
    const { files, message } = previewPlan(preview({ target: [] }), 'main');
    expect(files).toEqual([]);
    expect(message?.text).toBe(
      'Landing "fix: rounding" would change nothing in main. It picks cleanly; "AutoSync: Sync Now" validates it.',
    );
    expect(message?.offers).toEqual(['own']);
  });

  it('names what conflicts, and offers to resolve it', () => {
    const conflicts = ['a', 'b', 'c', 'd', 'e'];
    expect(previewPlan(preview({ conflicts }), 'main').message).toEqual({
      text: '"fix: rounding" conflicts with main in 5 files: a, b, c, 2 more. The preview shows the files that pick cleanly.',
      offers: ['resolve', 'own'],
    });
    expect(previewPlan(preview({ conflicts: ['a'], target: [] }), 'main').message?.text).toBe(
      '"fix: rounding" conflicts with main in 1 file: a.',
    );
  });

  it('says which lockfiles it does not show as they will land', () => {
    const one = preview({ unmade: ['package-lock.json'] });
    expect(previewPlan(one, 'main').message?.text).toBe(
      'package-lock.json is made anew by your package manager when this is validated; until then the preview leaves it as it is.',
    );
    const two = preview({ target: [file('run.sh', 'now executable')], unmade: ['a/yarn.lock', 'b/yarn.lock'] });
    expect(previewPlan(two, 'main').message?.text).toBe(
      'run.sh: now executable. a/yarn.lock, b/yarn.lock are made anew by your package manager when this is validated; until then the preview leaves them as they are.',
    );
    const own = [file('package-lock.json')];
    expect(filePlan({ ...one, own }, 'main', 'package-lock.json', null)).toMatchObject({
      title: 'package-lock.json: fix: rounding (acme 1a2b3c4d5e), is made anew here',
    });
  });

  it('says what a diff of text does not show', () => {
    const target = [file('run.sh', 'now executable'), file('b'), file('lib', 'a submodule, from 1 to 2')];
    expect(previewPlan(preview({ target }), 'main').message?.text).toBe(
      'run.sh: now executable, lib: a submodule, from 1 to 2.',
    );
  });

  it('shows no more files than an editor bears, and says how many there are', () => {
    const own = Array.from({ length: 812 }, (_, index) => file(`f${index}`));
    const plan = ownPlan(preview({ own }));
    expect(plan.files).toHaveLength(300);
    expect(plan.title).toBe('fix: rounding (acme 1a2b3c4d5e) (first 300 of 812 files)');
  });

  it('is plain text, whatever a commit is called', () => {
    const hostile = { ...commit, subject: 'fix: $(alert) [x](command:y) \u202eevil\u001b[2J\nline' };
    const plan = previewPlan(preview({ commit: hostile, target: [] }), 'ma$(bug)in');
    expect(plan.title).toBe('Preview fix: $(alert) [x](command:y) evil line (acme 1a2b3c4d5e) → ma$(bug)in');
    expect(plan.message?.text).toContain(
      '"fix: $ (alert) [x] (command:y) evil line" would change nothing in ma$ (bug)in',
    );
  });
});

describe('one file of a commit', () => {
  it('is shown as it would change here', () => {
    expect(filePlan(preview(), 'main', 'src/a.ts', null)).toEqual({
      kind: 'diff',
      title: 'a.ts: Preview fix: rounding (acme 1a2b3c4d5e) → main',
      file: file('src/a.ts'),
      note: null,
    });
  });

  it('is shown as it changed there when a rule dropped it, and the title says so', () => {
    expect(filePlan(preview(), 'main', 'src/dropped.ts', 'ignore: src/dropped.ts')).toMatchObject({
      kind: 'diff',
      title: 'dropped.ts: fix: rounding (acme 1a2b3c4d5e), stays out by a rule',
    });
    expect(filePlan(preview({ target: [] }), 'main', 'src/a.ts', null)).toMatchObject({
      title: 'a.ts: fix: rounding (acme 1a2b3c4d5e), would not change here',
    });
  });

  it('is a conflict where it conflicts, and nothing where the commit does not touch it any more', () => {
    expect(filePlan(preview({ conflicts: ['src/x.ts'] }), 'main', 'src/x.ts', null)).toMatchObject({
      kind: 'conflict',
      title: 'x.ts: conflict of fix: rounding (acme 1a2b3c4d5e) with main',
    });
    expect(filePlan(preview(), 'main', 'gone.ts', null).kind).toBe('nothing');
  });
});
