import { describe, it } from 'vitest';
import { expectSameAsGit } from './agreement.js';
import { SCENES, stage } from './corpus.js';

describe('a forecast and a chain agree with real cherry-picks', () => {
  it.each(SCENES)('of $name', async (scene) => {
    await expectSameAsGit(stage(scene));
  });
});
