import { expect } from 'vitest';
import type { Commit } from '../../src/core/commit.js';
import type { GitPort } from '../../src/core/gitPort.js';
import { bring, NEVER, openPort, siblingAt } from '../support/openPort.js';
import { pickingGround, realChain, realPicks } from '../support/realPicks.js';
import type { StagedScene } from './corpus.js';

/** Holds forecasts of every incoming commit against real picks of them on the target's head. Answers the commits. */
export async function expectAgreement(scene: StagedScene, port: GitPort): Promise<readonly Commit[]> {
  const { incoming } = await bring(port, siblingAt(scene.sibling));
  const ground = pickingGround(scene.target, scene.sibling, scene.head);
  const shas = incoming.map((commit) => commit.sha);
  const real = realPicks(ground, scene.head, shas);
  const forecasts = await port.forecast(
    scene.head,
    incoming.map((commit) => ({ commit })),
    NEVER,
  );
  expect(forecasts.map(({ sha, outcome }) => ({ sha, outcome }))).toEqual(
    real.map(({ outcome }, index) => ({ sha: shas[index], outcome })),
  );
  for (const [index, forecast] of forecasts.entries()) {
    if (forecast.tree !== null) expect(forecast.tree).toBe(real[index]?.tree);
    const found = (real[index]?.conflicts ?? []).map((path) => path.replace(/~(HEAD|[0-9a-f]{7,} \(.*\))$/, ''));
    if (found.every((path) => !path.includes('\uFFFD')))
      expect(found).toEqual(expect.arrayContaining([...forecast.conflicts]));
  }
  return incoming;
}

/** Holds a chain of all commits against real picks one on top of the other. */
export async function expectSameChain(scene: StagedScene, port: GitPort, commits: readonly Commit[]): Promise<void> {
  const ground = pickingGround(scene.target, scene.sibling, scene.head);
  const real = realChain(
    ground,
    scene.head,
    commits.map((commit) => commit.sha),
  );
  const chain = await port.chain(
    scene.head,
    commits.map((commit) => ({ commit, message: commit.message })),
    NEVER,
  );
  const outcomes = { picked: 'clean', empty: 'empty', conflict: 'conflict' } as const;
  expect(chain.results.map((result) => outcomes[result.kind])).toEqual(real.picks.map((pick) => pick.outcome));
  expect(chain.tree).toBe(real.tree);
}

/** A port on the target of a scene, and both comparisons in a row. */
export async function expectSameAsGit(scene: StagedScene): Promise<void> {
  const port = await openPort(scene.target);
  const commits = await expectAgreement(scene, port);
  expect(commits.length).toBeGreaterThan(0);
  await expectSameChain(scene, port, commits);
  await port.close();
}
