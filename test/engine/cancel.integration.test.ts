import { describe, expect, it } from 'vitest';
import type { ProgressStep } from '../../src/core/ports.js';
import { makeFamily, NEVER, proofCheck, standingsOf } from '../support/family.js';
import { git } from '../support/plainGit.js';
import { processesWith } from '../support/processes.js';

/** Longest time between the cancel and the end of the run, in milliseconds (design: reliability). */
const PROMPTLY = 2_000;

describe('a run that is cancelled', () => {
  it.each<ProgressStep['phase']>(['fetch', 'filter', 'integrate', 'validate', 'decide', 'land'])(
    'during %s ends promptly, is recorded as cancelled, and the next one finishes the work',
    async (phase) => {
      const family = makeFamily();
      const acme = family.sibling('acme');
      const shas = [
        family.commit(acme, 'fix: good', { 'src/good.txt': 'good\n' }),
        family.commit(acme, 'feat!: held', { 'src/held.txt': 'held\n' }),
        family.commit(acme, 'fix: bad', { 'src/bad.txt': 'BROKEN\n' }),
      ];
      const slow = { name: 'slow', run: `[ -e '${family.notes}/fast' ] || sleep 30`, reads: 'exit-code' };
      const checks = phase === 'validate' ? [proofCheck(family.notes), slow] : [proofCheck(family.notes)];
      family.configure({ validate: { checks } });
      const cancel = new AbortController();
      let cancelledAt = 0;
      const progress = (step: ProgressStep): void => {
        const isRunning = phase !== 'validate' || step.doing.startsWith('slow');
        if (step.phase !== phase || !isRunning || cancelledAt > 0) return;
        setTimeout(
          () => {
            cancelledAt = Date.now();
            cancel.abort();
          },
          phase === 'validate' ? 150 : 1,
        );
      };
      await expect(family.engine({ progress }).sync({ dryRun: false, signal: cancel.signal })).rejects.toMatchObject({
        code: 'cancelled',
      });
      expect(Date.now() - cancelledAt).toBeLessThan(PROMPTLY);
      expect(processesWith(family.cache)).toEqual([]);
      // A run that only asked for news leaves no trace, however it ends.
      const recorded =
        phase === 'fetch' ? null : expect.objectContaining({ outcome: 'cancelled', endedAt: expect.any(String) });
      expect((await family.engine().status()).lastRun).toEqual(recorded);
      git(family.target, ['fsck', '--strict']);
      expect(git(family.target, ['status', '--porcelain'])).toBe('');

      family.configure({ validate: { checks: [proofCheck(family.notes)] } });
      expect(standingsOf(await family.sync(), shas)).toEqual(['landed', 'review', 'rejected']);
      expect(git(family.target, ['status', '--porcelain'])).toBe('');
      expect((await family.sync()).siblings[0]?.unchanged).toBe(true);
    },
  );

  it('before it began does nothing', async () => {
    const family = makeFamily();
    family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    await expect(family.engine().sync({ dryRun: false, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(family.checksRun()).toBe(0);
    await expect(family.engine().audit({ signal: NEVER })).resolves.toBeTruthy();
  });
});
