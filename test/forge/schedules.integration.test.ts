import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appWith } from '../support/family.js';
import { type ForgeFamily, makeForgeFamily } from '../support/forgeFamily.js';
import type { Fault } from '../support/github/faults.js';
import { bundle, killTree, start, WASM } from '../support/killable.js';
import { git } from '../support/plainGit.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const SCHEDULES = Number(process.env['AUTOSYNC_SCHEDULES'] ?? 6);
const SEED = Number(process.env['AUTOSYNC_SEED'] ?? 20_260_402);

const KINDS = ['reply-lost', 'cut', 'refused', '500', '502', '409', '422', '403-secondary', '429', 'hang'] as const;
/** What a run asks of the API; every write of it is here. */
const ASKED = [
  { method: 'POST', path: /\/pulls$/ },
  { method: 'POST', path: /\/labels$/ },
  { method: 'PATCH', path: /\/pulls\/\d+$/ },
  { method: 'PUT', path: /\/merge$/ },
  { method: 'GET', path: /\/pulls(?:\/\d+)?$/ },
  { method: 'GET', path: /\/branches\/|\/rules\/|\/labels\// },
] as const;
/** What git asks. A git that hangs is let go after 30 s: that is for `test/git`. */
const GIT_KINDS = KINDS.filter((kind) => kind !== 'hang');
const GIT = [
  { method: 'POST', path: /\/git-receive-pack$/ },
  { method: 'POST', path: /\/git-upload-pack$/ },
  { method: 'GET', path: /\/info\/refs$/ },
] as const;

type Written = (typeof ASKED)[number] | (typeof GIT)[number];

/** Faults of one run, and the request at which its process is killed. */
interface Schedule {
  readonly faults: readonly Fault[];
  readonly kill: (Fault & { readonly effect: boolean }) | null;
}

const faultOn = (requests: readonly Written[], kinds: readonly Fault['kind'][]): fc.Arbitrary<Fault> =>
  fc
    .record({
      request: fc.constantFrom(...requests),
      kind: fc.constantFrom(...kinds),
      after: fc.nat(3),
      effect: fc.boolean(),
    })
    .map(({ request, kind, after, effect }) => ({ ...request, kind, after, ...(kind === 'hang' ? {} : { effect }) }));

/** Where a calm run is killed: at each of its writes, so many of a kind after its first. */
const MOMENTS = [
  { ...GIT[0], most: 5 },
  { ...ASKED[0], most: 4 },
  { ...ASKED[1], most: 6 },
  { ...ASKED[3], most: 1 },
].flatMap(({ most, ...request }) => Array.from({ length: most + 1 }, (_unused, after) => ({ ...request, after })));
const killOn = fc
  .record({ moment: fc.constantFrom(...MOMENTS), effect: fc.boolean() })
  .map(({ moment, effect }) => ({ ...moment, effect, kind: 'hang' as const }));

const schedules = fc.record({
  faults: fc.array(fc.oneof({ weight: 2, arbitrary: faultOn(ASKED, KINDS) }, faultOn(GIT, GIT_KINDS)), {
    minLength: 1,
    maxLength: 5,
  }),
  kill: fc.option(killOn, { freq: 4 }),
});

/** Four enhancements of two siblings, one for each way to land. */
async function fill(): Promise<ForgeFamily> {
  const made = await makeForgeFamily({ siblings: ['acme', 'globex'] });
  const [acme, globex] = [made.family.sibling('acme'), made.family.sibling('globex')];
  made.family.commit(acme, 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
  made.family.commit(acme, 'feat!: a breaking one', { 'src/breaking.txt': 'breaking\n' });
  made.family.commit(acme, 'fix: line five', { 'src/app.txt': appWith({ 5: 'acme' }) });
  made.family.commit(globex, 'perf: a quick one', { 'src/quick.txt': 'quick\n' });
  made.hosted.commit('main', { 'src/app.txt': appWith({ 5: 'ours' }) }, 'feat: line five, as the target has it');
  return made;
}

/** What the forge has once everything has landed or waits: the same whatever happened on the way. */
const PULLS = [
  ['autosync/acme/auto', 'merged', 'auto-sync risk:low'],
  ['autosync/acme/conflict', 'open', 'auto-sync autosync:conflict'],
  ['autosync/acme/review', 'open', 'auto-sync risk:low'],
  ['autosync/globex/auto', 'merged', 'auto-sync risk:low'],
];

const OURS = /^AutoSyncError: .*(?:could not be reached|refused)/;

/** One run in this process; a failure must be told in words of ours. */
async function attempt({ sync }: ForgeFamily): Promise<void> {
  const failure: unknown = await sync().then(
    () => null,
    (error: unknown) => error,
  );
  if (failure !== null) expect(String(failure)).toMatch(OURS);
}

/** One run in a process of its own, which is killed when a request hangs at which it shall be. */
async function runAndKill({ family, environment, github }: ForgeFamily, program: string, { kill }: Schedule) {
  const run = start(program, [family.target, family.cache, WASM], environment);
  let ended = false;
  void run.ended.then(() => {
    ended = true;
  });
  const hangs = () => kill !== null && github.faults.waiting().every((fault) => fault !== kill);
  while (!ended && !hangs()) await sleep(5);
  if (!ended) {
    await sleep(50); // what the request does takes its time
    killTree(run.child.pid ?? 0);
  }
  const { exit, err } = await run.ended;
  if (exit === 1) expect(err).toMatch(/AutoSyncError: .*(?:could not be reached|refused)/s);
  return exit;
}

async function expectWhole(made: ForgeFamily): Promise<void> {
  const pulls = made.hosted.pulls().map(({ head, state, merge, labels }) => {
    return [head, merge === null ? state : 'merged', [...labels].sort().join(' ')];
  });
  expect(pulls.sort(), JSON.stringify(pulls)).toEqual(PULLS);
  const landed = made.landed().slice(2);
  expect([...landed].sort()).toEqual(['fix: a safe one', 'perf: a quick one']);
  const origins = git(made.hosted.folder, ['log', '--format=%(trailers:key=AutoSync-Origin,valueonly)', 'main'])
    .split('\n')
    .filter(Boolean);
  expect(new Set(origins).size).toBe(2);
  const remembered = await made.remembered();
  expect(remembered.map(({ branch, state, number }) => [branch, state, number]).sort()).toEqual(
    made.hosted
      .pulls()
      .map(({ head, state, merge, number }) => [head, merge === null ? state : 'merged', number])
      .sort(),
  );
  for (const { branch, state, tips } of remembered)
    if (state === 'open') expect(tips.at(-1)).toBe(made.hosted.tip(branch));
  expect(git(made.family.target, ['status', '--porcelain'])).toBe('');
}

/** Runs until one finds nothing to write, as the hourly schedule does: three are enough. */
async function settle(made: ForgeFamily): Promise<void> {
  for (let runs = 1; ; runs += 1) {
    const written = made.github.wire.writes().length;
    const report = await made.sync();
    expect(report.siblings.map(({ error }) => error)).toEqual([null, null]);
    const more = made.github.wire.writes().slice(written);
    if (more.length === 0) return;
    if (runs === 3) expect(more).toEqual([]);
  }
}

describe('any schedule of faults over whole runs', () => {
  it(`ends with one pull request for each lane, and nothing lost or landed twice (${SCHEDULES} of them)`, {
    timeout: 60_000 + SCHEDULES * 60_000,
  }, async () => {
    const program = await bundle(join(import.meta.dirname, 'children/runner.ts'), temporaryFolder());
    const bad: string[] = [];
    const met = { faults: 0, kills: 0 };
    for (const [number, schedule] of fc.sample(schedules, { numRuns: SCHEDULES, seed: SEED }).entries()) {
      const made = await fill();
      for (const fault of [...(schedule.kill === null ? [] : [schedule.kill]), ...schedule.faults])
        made.github.faults.next(fault);
      try {
        const exit = await runAndKill(made, program, schedule);
        if (exit === null) met.kills += 1;
        await attempt(made);
        made.github.faults.clear();
        met.faults += made.github.wire.requests.filter(({ fault }) => fault !== null).length;
        await settle(made);
        await expectWhole(made);
        await made.github.close();
      } catch (error) {
        bad.push(
          `schedule ${number} ${JSON.stringify(schedule, (_key, value) => (value instanceof RegExp ? String(value) : value))}: ${error}`,
        );
        await made.github.close().catch((violations: unknown) => bad.push(String(violations)));
      }
      if (process.env['AUTOSYNC_SCHEDULES'] !== undefined)
        console.log(
          number,
          bad.length,
          JSON.stringify(met),
          bad.at(-1)?.startsWith(`schedule ${number} `) ? bad.at(-1) : '',
        );
    }
    expect(bad).toEqual([]);
    // Else it would prove nothing.
    expect(met.faults).toBeGreaterThan(SCHEDULES / 2);
    expect(met.kills).toBeGreaterThan(SCHEDULES / 8);
  });
});
