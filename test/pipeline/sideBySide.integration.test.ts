import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createChecks } from '../../src/checks/checks.js';
import type { Check } from '../../src/core/check.js';
import { DEFAULT_CONFIG } from '../../src/core/config.js';
import type { Ports } from '../../src/core/ports.js';
import { noBaseline } from '../../src/core/proof.js';
import { type Bench, tryTree } from '../../src/pipeline/validate.js';
import { markedSleep, running } from '../checks/project.js';
import { NEVER, openPort } from '../support/openPort.js';
import { makeCommit, makeRepository } from '../support/repository.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const reading = (name: string, kind: Check['kind'], run: string): Check => ({
  ...{ name, kind, run, reads: 'exit-code', because: 'the test', readsOnly: true },
});

/** Says that it is here, and waits for another: passes only when both run at the same time. */
const meets = (own: string, other: string, tries = 1200): string =>
  `touch met-${own}; n=0; while [ ! -e met-${other} ]; do n=$((n+1)); [ $n -lt ${tries} ] || exit 9; sleep 0.1; done`;

/** Starts two processes in the background that do not listen to a request to end, one of them a grandchild. */
const sleepers = (mark: string): string => `(trap '' TERM; ${mark}) & (trap '' TERM; ${mark} & wait) &`;

async function stand(checks: readonly Check[], atOnce = 2) {
  const target = makeRepository();
  makeCommit(target, { files: { 'a.txt': 'a\n' } });
  const cache = join(temporaryFolder(), 'cache');
  const git = await openPort(target, { cache });
  const runner = createChecks({ config: DEFAULT_CONFIG.validate, cacheFolder: temporaryFolder(), atOnce });
  const store = { check: () => null, record: async () => undefined };
  const tools = { git, checks: runner, store, clock: Date.now, progress: () => undefined } as unknown as Ports;
  const at = { commit: git.target.head, tree: git.target.headTree };
  return (signal = NEVER) => {
    const baseline = { ...noBaseline([]), checks };
    const bench: Bench = { tools, baseline, strategy: 'split', sibling: 'acme', signal };
    return tryTree(bench, at, { runs: 1 });
  };
}

/** Waits until both checks are under way. */
const started = (mark: string, count: number) =>
  vi.waitFor(() => expect(running(mark).length).toBeGreaterThanOrEqual(count), { timeout: 60_000, interval: 100 });

describe('checks that only read the tree', () => {
  it('run at the same time', async () => {
    const types = reading('types', 'type-check', meets('types', 'lint'));
    const lint = reading('lint', 'lint', meets('lint', 'types'));
    expect((await (await stand([types, lint]))()).passed).toEqual(['types', 'lint']);
  });

  it('run one after the other where the budget is one: then they never meet', async () => {
    const types = reading('types', 'type-check', meets('types', 'lint', 3));
    const lint = reading('lint', 'lint', meets('lint', 'types', 3));
    const tried = await (await stand([types, lint], 1))();
    expect(tried.broken.map(({ check, exit }) => [check, exit])).toEqual([['types', 9]]);
    expect(tried.ran).toEqual(['types']);
  });

  it('are stopped, grandchildren and all, when an earlier one fails; a build after them never starts', async () => {
    const mark = markedSleep();
    const types = reading('types', 'type-check', `${meets('types', 'lint')}; exit 3`);
    const lint = reading('lint', 'lint', `${sleepers(mark)} touch met-lint; wait`);
    const { readsOnly: _none, ...build } = reading('build', 'build', 'touch built');
    const tried = await (await stand([types, lint, build]))();
    expect(tried.ran).toEqual(['types']);
    expect(tried.found.failures.map(({ check }) => check)).toEqual(['types']);
    expect(running(mark)).toEqual([]);
  });

  it('say the same in every race: of two that fail, the first in order', async () => {
    const types = reading('types', 'type-check', `${meets('types', 'lint')}; sleep 1; exit 3`);
    const lint = reading('lint', 'lint', `${meets('lint', 'types')}; exit 4`);
    const tried = await (await stand([types, lint]))();
    expect(tried.found.failures.map(({ check }) => check)).toEqual(['types']);
  });

  it('are all ended by a cancel, with what they started', async () => {
    const marks = [markedSleep(), markedSleep()] as const;
    const types = reading('types', 'type-check', `${sleepers(marks[0])} wait`);
    const lint = reading('lint', 'lint', `${sleepers(marks[1])} wait`);
    const cancel = new AbortController();
    const trying = (await stand([types, lint]))(cancel.signal);
    const cancelled = expect(trying).rejects.toMatchObject({ code: 'cancelled' });
    await Promise.all(marks.map((mark) => started(mark, 2)));
    cancel.abort();
    await cancelled;
    for (const mark of marks) expect(running(mark)).toEqual([]);
  });
});
