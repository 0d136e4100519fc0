import { describe, expect, it } from 'vitest';
import { gitProcesses } from '../../src/git/run.js';
import { bring, NEVER, openPort, siblingAt } from '../support/openPort.js';
import { git } from '../support/plainGit.js';
import { filteredCommit, pickingGround, realPick, realPicks } from '../support/realPicks.js';
import { commitOf, makeCommit, makeRepository } from '../support/repository.js';
import { expectAgreement, expectSameAsGit } from './agreement.js';
import { lines, stage } from './corpus.js';

const text = lines(30);

const MIXED = {
  base: {
    files: {
      'a.txt': text,
      'quo"te\\ \n.txt': text,
      'gone.txt': text,
      folder: 'file\n',
      'tree/in.txt': 'in\n',
      link: { link: 'a' },
    },
  },
  here: [{ files: { 'a.txt': lines(30, { 3: 'here' }) } }],
  there: [
    {
      remove: ['gone.txt', 'folder', 'tree'],
      files: {
        'a.txt': lines(30, { 3: 'clash' }),
        'quo"te\\ \n.txt': lines(30, { 5: 'there' }),
        'folder/inside.txt': 'inside\n',
        tree: 'now a file\n',
        ' lead.txt': 'new\n',
        '"quoted"': 'new\n',
        'żółć.txt': 'new\n',
        link: { link: 'b' },
        sub: { submodule: '4'.repeat(40) },
      },
      modes: { ' lead.txt': 'executable' as const },
    },
  ],
};

const KEEPS: readonly (readonly string[])[] = [
  ['quo"te\\ \n.txt'],
  ['gone.txt'],
  ['folder', 'folder/inside.txt'],
  ['tree', 'tree/in.txt'],
  [' lead.txt', '"quoted"', 'żółć.txt'],
  ['link', 'sub'],
  ['a.txt', ' lead.txt'],
  ['gone.txt', 'folder', 'folder/inside.txt', 'tree', 'tree/in.txt', 'link', 'sub', '"quoted"'],
];

describe('a partial pick', () => {
  it.each(KEEPS.map((keep) => ({ keep, name: JSON.stringify(keep) })))(
    'of $name equals a real pick of the filtered commit',
    async ({ keep }) => {
      const scene = stage(MIXED);
      const port = await openPort(scene.target);
      const { incoming } = await bring(port, siblingAt(scene.sibling));
      const commit = incoming.at(-1) ?? expect.fail('nothing came in');
      const ground = pickingGround(scene.target, scene.sibling, scene.head);
      const real = realPick(ground, filteredCommit(ground, commit.sha, keep));
      const [forecast] = await port.forecast(scene.head, [{ commit, keep }], NEVER);
      expect(forecast?.outcome).toBe(real.outcome);
      const chain = await port.chain(scene.head, [{ commit, keep, message: 'partial\n' }], NEVER);
      expect(chain.tree).toBe(real.tree ?? port.target.headTree);
      await port.close();
    },
  );

  it('of the first commit of an unrelated history equals a real one', async () => {
    const target = makeRepository();
    makeCommit(target, { files: { 'a.txt': text } });
    const sibling = makeRepository();
    makeCommit(sibling, { files: { 'a.txt': 'other\n', 'b.txt': 'b\n', 'c/d.txt': 'd\n' } });
    const port = await openPort(target);
    const { incoming } = await bring(port, siblingAt(sibling));
    const commit = incoming[0] ?? expect.fail('nothing came in');
    const ground = pickingGround(target, sibling, port.target.head);
    const real = realPick(ground, filteredCommit(ground, commit.sha, ['c/d.txt']));
    const picks = [
      { commit, keep: ['c/d.txt'], message: 'one\n' },
      { commit, keep: ['b.txt', 'c/d.txt'], message: 'two\n' },
    ];
    const forecasts = await port.forecast(port.target.head, picks, NEVER);
    expect(forecasts.map(({ outcome, tree }) => ({ outcome, tree }))).toEqual([
      { outcome: 'clean', tree: real.tree },
      { outcome: 'clean', tree: expect.any(String) },
    ]);
    const chain = await port.chain(port.target.head, picks, NEVER);
    expect(chain.results.map((result) => (result.kind === 'picked' ? result.paths : result.kind))).toEqual([
      ['c/d.txt'],
      ['b.txt', 'c/d.txt'],
    ]);
    expect(chain.tree).toBe(forecasts[1]?.tree);
    await port.close();
  });
});

describe('unrelated histories, merges and other hash functions', () => {
  it('agree for the root commit of an unrelated history', async () => {
    const target = makeRepository();
    makeCommit(target, { files: { 'a.txt': text, 'same.txt': 'same\n' } });
    const sibling = makeRepository();
    makeCommit(sibling, { files: { 'b.txt': text, 'same.txt': 'same\n' } });
    makeCommit(sibling, { files: { 'b.txt': lines(30, { 2: 'two' }) } });
    await expectSameAsGit({ target, sibling, head: commitOf(target) });
  });

  it('agree when both repositories name objects by SHA-256', async () => {
    await expectSameAsGit(stage(MIXED256, 'sha256'));
  });

  it('agree for partial picks in SHA-256 repositories', async () => {
    const scene = stage(MIXED256, 'sha256');
    const port = await openPort(scene.target);
    const { incoming } = await bring(port, siblingAt(scene.sibling));
    const commit = incoming[0] ?? expect.fail('nothing came in');
    const ground = pickingGround(scene.target, scene.sibling, scene.head);
    const real = realPick(ground, filteredCommit(ground, commit.sha, ['new.txt']));
    const chain = await port.chain(scene.head, [{ commit, keep: ['new.txt'], message: 'one\n' }], NEVER);
    expect(chain.tree).toBe(real.tree);
    await port.close();
  });
});

const MIXED256 = {
  base: { files: { 'a.txt': text, 'old.txt': text, 'gone.txt': 'g\n' } },
  here: [{ files: { 'a.txt': lines(30, { 3: 'here' }) } }],
  there: [
    { files: { 'a.txt': lines(30, { 27: 'there' }), 'new.txt': 'new\n' } },
    { files: { 'a.txt': lines(30, { 3: 'clash' }) } },
    { remove: ['old.txt', 'gone.txt'], files: { 'moved.txt': text } },
  ],
};

describe('many forecasts', () => {
  const scene = () =>
    stage({
      base: { files: Object.fromEntries(Array.from({ length: 12 }, (_unused, index) => [`file${index}.txt`, text])) },
      here: [
        { files: { 'file0.txt': lines(30, { 3: 'here' }) } },
        { remove: ['file1.txt'] },
        { remove: ['file2.txt'], files: { 'renamed.txt': text } },
      ],
      there: Array.from({ length: 300 }, (_unused, index) => ({
        files: { [`file${index % 12}.txt`]: lines(30, { [(index % 29) + 1]: `there ${index}` }) },
      })),
    });

  it('of 300 commits at once agree, need few processes, and none to merge when asked again', async () => {
    const staged = scene();
    const port = await openPort(staged.target);
    const before = gitProcesses();
    const { incoming } = await bring(port, siblingAt(staged.sibling));
    const requests = incoming.map((commit) => ({ commit }));
    const cold = await port.forecast(staged.head, requests, NEVER);
    expect(gitProcesses() - before).toBeLessThanOrEqual(24);
    const ground = pickingGround(staged.target, staged.sibling, staged.head);
    const sample = incoming.filter((_commit, index) => index % 5 === 0 || index < 12);
    const real = realPicks(
      ground,
      staged.head,
      sample.map((commit) => commit.sha),
    );
    const bySha = new Map(cold.map((forecast) => [forecast.sha, forecast.outcome]));
    expect(sample.map((commit) => bySha.get(commit.sha))).toEqual(real.map((pick) => pick.outcome));
    const warm = gitProcesses();
    expect((await port.forecast(staged.head, requests, NEVER)).map(({ outcome }) => outcome)).toEqual(
      cold.map(({ outcome }) => outcome),
    );
    expect(gitProcesses() - warm).toBeLessThanOrEqual(1);
    await port.close();
  });

  it('are remembered by the next run, and right again after the head moved', async () => {
    const staged = stage({ ...MIXED256, there: MIXED256.there });
    const cache = `${staged.target}-cache`;
    const first = await openPort(staged.target, { cache });
    await expectAgreement(staged, first);
    await first.close();
    makeCommit(staged.target, { files: { 'a.txt': lines(30, { 27: 'moved' }) }, remove: ['gone.txt'] });
    const moved = { ...staged, head: commitOf(staged.target) };
    const second = await openPort(staged.target, { cache });
    await expectAgreement(moved, second);
    await second.close();
    git(staged.target, ['reset', '-q', '--hard', staged.head]);
    const third = await openPort(staged.target, { cache });
    await expectAgreement(staged, third);
    await third.close();
  });

  it('answer again on the same port after one was cancelled', async () => {
    const staged = stage(MIXED256);
    const port = await openPort(staged.target);
    const { incoming } = await bring(port, siblingAt(staged.sibling));
    const requests = incoming.map((commit) => ({ commit }));
    const controller = new AbortController();
    const cancelled = port.forecast(staged.head, requests, controller.signal);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(await port.forecast(staged.head, requests, NEVER)).toHaveLength(requests.length);
    await port.close();
  });

  it('of nothing start nothing', async () => {
    const target = makeRepository();
    makeCommit(target, { files: { a: 'a' } });
    const port = await openPort(target);
    const before = gitProcesses();
    expect(await port.forecast(port.target.head, [], NEVER)).toEqual([]);
    expect(await port.chain(port.target.head, [], NEVER)).toMatchObject({ tip: port.target.head, results: [] });
    expect(gitProcesses() - before).toBeLessThanOrEqual(4);
    await port.close();
  });
});
