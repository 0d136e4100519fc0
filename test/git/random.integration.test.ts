import { describe, it } from 'vitest';
import { expectSameAsGit } from './agreement.js';
import { stage } from './corpus.js';
import { firstFiles, randomHistory } from './history.js';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

describe('forecasts and chains of random histories agree with real cherry-picks', () => {
  it.each(SEEDS)('of 18 commits on a target that went its own way, seed %i', async (seed) => {
    await expectSameAsGit(
      stage({ base: { files: firstFiles() }, here: randomHistory(seed * 1000, 6), there: randomHistory(seed, 18) }),
    );
  });
});
