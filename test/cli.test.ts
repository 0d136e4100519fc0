import { describe, expect, it } from 'vitest';
import { parseUntil } from '../src/cli/answer.js';
import { type EngineSettings, type Io, main, type Works } from '../src/cli.js';
import type { Engine } from '../src/core/engine.js';
import { AutoSyncError, type Problem } from '../src/core/errors.js';
import { COMMANDS } from '../src/report/terminal/help.js';
import * as samples from './report/samples.js';

const TOKEN = 'ghp_SECRETsecretSECRETsecret';
const quiet = samples.runOf({ siblings: [samples.siblingOf('acme', { unchanged: true })] });

/** What was asked of the fake engine: the method and its arguments. */
type Asked = readonly [method: string, ...parameters: unknown[]];

interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly asked: readonly Asked[];
  readonly settings: readonly EngineSettings[];
  /** Environments for which secrets were looked up. */
  readonly lookUps: readonly Io['environment'][];
}

/** An engine that answers with samples and remembers what it was asked. */
function engineOf(asked: Asked[], change: Partial<Engine>): Engine {
  const answer =
    <Result>(method: string, result: Result) =>
    async (...parameters: readonly unknown[]): Promise<Result> => {
      asked.push([method, ...parameters.map(withoutSignal)]);
      return result;
    };
  return {
    scan: answer('scan', { ...quiet, command: 'scan' as const }),
    sync: answer('sync', quiet),
    status: answer('status', samples.STATUS),
    explain: answer('explain', samples.explanationOf(samples.REVIEW)),
    audit: answer('audit', samples.AUDIT),
    apply: answer('apply', { ...quiet, command: 'apply' as const }),
    decline: answer('decline', samples.DECISION),
    undo: answer('undo', { ...quiet, command: 'undo' as const }),
    config: answer('config', ['version = 1   (default)']),
    init: answer('init', samples.INIT),
    doctor: answer('doctor', samples.DOCTOR),
    workflow: answer('workflow', samples.WORKFLOW),
    workflowSiblings: answer('workflowSiblings', ['acme', 'globex']),
    shareState: answer('shareState', samples.SHARED),
    backup: answer('backup', 'state-1.json'),
    backups: answer('backups', [{ name: 'state-1.json', at: '2026-03-01T08:00:00Z' }]),
    restore: answer('restore', undefined),
    rows: answer('rows', [{ sibling: 'acme', commit: samples.REVIEW }]),
    writeReport: answer('writeReport', '.autosync/reports/report-2026-03-02.md'),
    ...change,
  };
}

function withoutSignal(parameter: unknown): unknown {
  if (parameter instanceof AbortSignal) return 'signal';
  if (parameter === null || typeof parameter !== 'object' || !('signal' in parameter)) return parameter;
  const { signal, ...rest } = parameter;
  return signal instanceof AbortSignal ? rest : parameter;
}

/** Runs the command line on the fake engine. */
async function run(
  line: string,
  {
    engine = {},
    io = {},
    secrets = {},
  }: { readonly engine?: Partial<Engine>; readonly io?: Partial<Io>; readonly secrets?: Io['environment'] } = {},
): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const asked: Asked[] = [];
  const settings: EngineSettings[] = [];
  const lookUps: Io['environment'][] = [];
  const works: Works = {
    engine: async (given) => {
      settings.push(given);
      given.progress({ phase: 'fetch', sibling: 'acme', doing: 'asking for news' });
      return engineOf(asked, engine);
    },
    demo: async (folder, json, say) => {
      asked.push(['demo', folder, json]);
      say('Made the family.');
      return { folder: '/tmp/family', declines: [{ sha: samples.shaOf(1), because: 'not for us' }] };
    },
    secrets: async (environment) => {
      lookUps.push(environment);
      return { ...environment, ...secrets };
    },
  };
  const status = await main(
    line.split(' ').filter(Boolean),
    {
      stdout: { write: (text) => out.push(text), columns: 100 },
      stderr: { write: (text) => err.push(text) },
      environment: {},
      folder: '/srv/app',
      clock: () => samples.NOW,
      signal: new AbortController().signal,
      ...io,
    },
    works,
  );
  return { status, out: out.join(''), err: err.join(''), asked, settings, lookUps };
}

const failing = (problem: Problem): Partial<Engine> => ({
  scan: async () => {
    throw new AutoSyncError(problem);
  },
});

describe('commands', () => {
  it.each<readonly [string, readonly Asked[]]>([
    ['scan', [['scan', {}]]],
    ['scan --sibling acme', [['scan', { sibling: 'acme' }]]],
    ['sync', [['sync', { dryRun: false }]]],
    ['sync --dry-run --sibling acme', [['sync', { sibling: 'acme', dryRun: true }]]],
    ['status', [['status']]],
    ['explain 1a2b', [['explain', '1a2b', 'signal']]],
    ['apply 1a2b 3c4d', [['apply', ['1a2b', '3c4d'], 'signal']]],
    ['decline 1a2b --because no', [['decline', '1a2b', { because: 'no', until: null }]]],
    [
      'decline 1a2b --because no --until 2026-04-01',
      [['decline', '1a2b', { because: 'no', until: '2026-04-01T00:00:00Z' }]],
    ],
    ['undo run-1', [['undo', 'run-1', 'signal']]],
    ['config', [['config']]],
    ['init', [['init', 'signal']]],
    ['workflow', [['workflow', { force: false }]]],
    ['workflow --force', [['workflow', { force: true }]]],
    ['workflow --list --sibling acme', [['workflowSiblings', 'acme']]],
    ['state --fetch --sibling acme', [['shareState', { direction: 'fetch', sibling: 'acme' }]]],
    ['state --push', [['shareState', { direction: 'push' }]]],
    ['backup', [['backup']]],
    ['backup --list', [['backups']]],
    ['restore state-1.json', [['restore', 'state-1.json']]],
  ])('%s asks the engine once, prints a result and ends with 0', async (line, asked) => {
    const outcome = await run(line);
    expect(outcome.asked).toEqual(asked);
    expect(outcome.status).toBe(0);
    expect(outcome.out).not.toBe('');
  });

  it('report hands Markdown and the date to the engine and prints the path alone', async () => {
    const { out, asked, status } = await run('report');
    expect(asked.map(([method]) => method)).toEqual(['status', 'rows', 'writeReport']);
    expect(asked[2]?.[1]).toContain('# AutoSync report, 2026-03-02');
    expect(asked[2]?.[2]).toBe('2026-03-02');
    expect(out).toBe('/home/someone/projects/app/.autosync/reports/report-2026-03-02.md\n');
    expect(status).toBe(0);
  });

  it('workflow says which secrets to set and whom it leaves out, and --list is one line for a script', async () => {
    const { out } = await run('workflow');
    for (const words of ['every hour', 'globex: a folder', 'AUTOSYNC_TOKEN', 'AUTOSYNC_SOURCE_TOKEN', 'AUTOSYNC_CLI'])
      expect(out).toContain(words);
    expect((await run('workflow --list')).out).toBe('["acme","globex"]\n');
  });

  it('state says for each sibling what came of its ref, and wants to know which way', async () => {
    const { out } = await run('state --fetch');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      '! globex: what is on refs/autosync/state/globex/main was refused: its checksum is wrong. The next run',
    );
    expect(await run('state')).toMatchObject({ status: 2, asked: [] });
    expect((await run('state --fetch --push')).err).toContain('cannot be used with');
    const rows = samples.SHARED.siblings.flatMap((row) =>
      (['own', 'lost', 'open', 'newer', 'none', 'same', 'kept', 'empty'] as const).map((outcome) => ({
        ...row,
        outcome,
      })),
    );
    const all = await run('state --push', {
      engine: { shareState: async () => ({ direction: 'push', siblings: rows, notes: ['It was damaged.'] }) },
    });
    expect([all.status, all.out.match(/^! /gm)?.length, all.out.match(/^✓ /gm)?.length]).toEqual([0, 9, 8]);
    expect(all.out).toContain('! It was damaged.');
  });

  it('demo declines what the family says, runs sync in its target and says where to go on', async () => {
    const engine: Partial<Engine> = { status: async () => ({ ...samples.STATUS, lastRun: null }) };
    const { out, err, asked, settings } = await run('demo --folder here', { engine });
    expect(asked.map(([method]) => method)).toEqual(['demo', 'scan', 'decline', 'sync']);
    expect(asked[0]).toEqual(['demo', '/srv/app/here', false]);
    expect(settings[0]?.workspace).toBe('/tmp/family/target');
    expect(out).toContain("The sample family's target is /tmp/family/target.");
    expect(err).toContain('Made the family.');
  });

  it('demo only runs sync again when the family was there already', async () => {
    expect((await run('demo')).asked.map(([method]) => method)).toEqual(['demo', 'status', 'sync']);
  });

  it('demo prints nothing but the run with --json', async () => {
    expect(JSON.parse((await run('demo --json')).out)).toMatchObject({ run: quiet.run, siblings: [{ name: 'acme' }] });
  });

  it('take global options before and after the command', async () => {
    for (const line of ['--json --workspace ../other scan', 'scan --workspace ../other --json']) {
      const { settings, out } = await run(line);
      expect(settings[0]?.workspace).toBe('/srv/other');
      expect(settings[0]?.command).toMatch(/^autosync [a-z]+$/);
      expect(JSON.parse(out)).toMatchObject({ run: quiet.run });
    }
  });
});

describe('--json', () => {
  it('prints one document of the promised shape and nothing else on stdout', async () => {
    const { out, err } = await run('sync --json', { engine: { sync: async () => samples.runOf() } });
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      run: '20260302-120000-7f3a',
      target: { branch: 'main', head: samples.shaOf(60) },
    });
    expect(document.siblings[0]).toMatchObject({ name: 'acme', tip: samples.shaOf(50), error: null });
    expect(document.siblings[0].commits[9]).toEqual(samples.REVIEW);
    expect(err).toContain('fetch acme');
  });

  it.each(
    COMMANDS.map(({ name, takes }) => `${name} ${takes === '' ? '' : 'x'} ${name === 'decline' ? '--because no' : ''}`),
  )('%s prints one document', async (line) => {
    const { out } = await run(`${line} --json`);
    expect(typeof JSON.parse(out)).toBe('object');
  });

  it('prints errors as a document on stdout, with the data of the problem', async () => {
    const problem = { code: 'no-branch', branch: 'main', folder: '/srv/app' } as const;
    const { out, err, status } = await run('scan --json', { engine: failing(problem) });
    expect(JSON.parse(out)).toEqual({ error: { ...problem, message: new AutoSyncError(problem).message } });
    expect(err).not.toContain('no local branch');
    expect(status).toBe(1);
  });

  it.each(['scna --json', 'scan --jsno --json', '--json', 'explain --json'])(
    '%j is an error document too',
    async (line) => {
      const { out, status } = await run(line);
      expect(JSON.parse(out)).toMatchObject({ error: { code: 'usage' } });
      expect(status).toBe(2);
    },
  );
});

describe('exit statuses', () => {
  it.each<readonly [Problem, number]>([
    [{ code: 'usage', what: 'x.', next: 'y.' }, 2],
    [{ code: 'config', file: 'f', line: 1, column: 1, what: 'x.', next: 'y.' }, 2],
    [{ code: 'no-config', file: 'f' }, 2],
    [{ code: 'unsafe-input', what: 'url', value: '--x', why: 'no' }, 2],
    [{ code: 'locked', holder: 'process 1' }, 75],
    [{ code: 'cancelled' }, 130],
    [{ code: 'git-missing' }, 1],
    [{ code: 'moved', ref: 'r', expected: 'a', found: 'b' }, 1],
  ])('%j ends with %i and its message on stderr', async (problem, status) => {
    const outcome = await run('scan', { engine: failing(problem) });
    expect(outcome.status).toBe(status);
    expect(outcome.err.replaceAll(/\s+/g, ' ')).toContain(new AutoSyncError(problem).message.replaceAll(/\s+/g, ' '));
    expect(outcome.out).toBe('');
  });

  it('is 3 when the run is done but some sibling failed', async () => {
    expect((await run('sync', { engine: { sync: async () => samples.runOf() } })).status).toBe(3);
  });

  it('is 3 when the run only looked, because pull requests wait for a token', async () => {
    const { siblings, ...rest } = samples.runOf();
    const held = 'Signed out: pull requests wait.';
    const report = { ...rest, held, siblings: siblings.filter(({ error }) => error === null) };
    expect((await run('sync', { engine: { sync: async () => report } })).status).toBe(3);
  });

  it('is 1 when the doctor finds something to mend, and 0 when it only warns', async () => {
    expect((await run('doctor')).status).toBe(1);
    const findings = samples.DOCTOR.findings.filter(({ state }) => state !== 'bad');
    expect((await run('doctor', { engine: { doctor: async () => ({ findings, toolchain: null }) } })).status).toBe(0);
  });

  it('is 1 when the audit finds what does not add up, and 0 when every commit is accounted for', async () => {
    const amiss = await run('audit --sibling acme');
    expect(amiss).toMatchObject({ asked: [['audit', { sibling: 'acme' }]], status: 1 });
    expect(amiss.out).toContain('1 problem');
    const siblings = samples.AUDIT.siblings.map((sibling) => ({ ...sibling, problems: [] }));
    expect((await run('audit', { engine: { audit: async () => ({ siblings }) } })).status).toBe(0);
  });

  it('is 1 for what nobody foresaw, with the place only when asked to be verbose', async () => {
    const engine: Partial<Engine> = {
      status: async () => {
        throw new TypeError('x is not a function');
      },
    };
    const plain = await run('status', { engine });
    expect(plain).toMatchObject({ status: 1, out: '' });
    expect(plain.err).toContain('x is not a function');
    expect(plain.err).not.toContain('cli.test.ts');
    expect((await run('status --verbose', { engine })).err).toContain('cli.test.ts');
  });
});

describe('wrong usage', () => {
  it.each([
    ['scna', "Unknown command 'scna'. Did you mean scan? `autosync --help`"],
    ['scan --sibing acme', "Unknown option '--sibing'. Did you mean --sibling? `autosync scan --help`"],
    ['explain', "Missing required argument 'sha'. `autosync explain --help`"],
    ['decline 1a2b', "Required option '--because <text>' not specified. `autosync decline --help`"],
    ['status extra', 'Too many arguments'],
    ['', 'No command was given. `autosync --help` lists them.'],
    ['decline 1a2b --because no --until soon', '--until "soon" is no date. Give a date to come'],
    ['decline 1a2b --because no --until 2020-01-01', '--until "2020-01-01" is past already.'],
  ])('%j ends with 2, says what is wrong and what to do, and asks nothing of the engine', async (line, message) => {
    const { status, err, out, asked } = await run(line);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(message);
    expect([status, out, asked]).toEqual([2, '', []]);
  });

  it('serve is no command of this release', async () => {
    expect((await run('serve')).status).toBe(2);
    expect((await run('--help')).out).not.toMatch(/\bserve\b/);
  });
});

describe('--sibling', () => {
  it('narrows status to that sibling, and refuses a name that nobody has', async () => {
    const { siblings } = JSON.parse((await run('status --sibling acme --json')).out);
    expect(siblings.map(({ name }: { name: string }) => name)).toEqual(['acme']);
    for (const command of ['status', 'report']) {
      const { status, err } = await run(`${command} --sibling nobody`);
      expect(status).toBe(2);
      expect(err).toContain('There is no sibling "nobody". The configuration names: acme, globex');
    }
  });
});

describe('help', () => {
  it('is given for a command in both ways of asking, and for everything', async () => {
    expect(await run('help sync')).toEqual(await run('sync --help'));
    expect((await run('help')).out).toBe((await run('--help')).out);
  });

  it('says that there is no such command', async () => {
    expect(await run('help scna')).toMatchObject({ status: 2, out: '' });
    expect((await run('help scna')).err).toContain("Unknown command 'scna'. `autosync --help` lists them.");
  });

  it('groups the commands, explains exit statuses and names the secrets', async () => {
    const { out, status } = await run('--help');
    expect(status).toBe(0);
    for (const part of [
      'See:',
      'Decide:',
      'Keep:',
      'Set up:',
      '75   another run',
      'AUTOSYNC_SOURCE_TOKEN',
      'GITHUB_TOKEN',
    ]) {
      expect(out).toContain(part);
    }
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it.each(COMMANDS)(
    'of $name has its sentence, its options and examples with what they do',
    async ({ name, what, examples }) => {
      const { out, status } = await run(`${name} --help`);
      expect(status).toBe(0);
      expect(out.replaceAll(/\s+/g, ' ')).toContain(what);
      for (const part of ['--workspace', ...examples.flat()]) expect(out).toContain(part);
    },
  );

  it('prints the version', async () => {
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('screens', () => {
  it('has no escape sequence when it is no terminal', async () => {
    const { out, err } = await run('sync', { engine: { sync: async () => samples.runOf() } });
    expect(out + err).not.toContain('\x1b');
  });

  it.each([
    ['a terminal has colours', {}, '', true],
    ['NO_COLOR takes them away', { NO_COLOR: '1' }, '', false],
    ['an empty NO_COLOR does not', { NO_COLOR: '' }, '', true],
    ['--no-color takes them away', {}, ' --no-color', false],
    ['a dumb terminal has none', { TERM: 'dumb' }, '', false],
  ])('%s', async (_, environment, option, coloured) => {
    const out: string[] = [];
    const stdout = { write: (text: string) => out.push(text), isTTY: true, columns: 100 };
    await run(`status${option}`, { io: { stdout, environment } });
    expect(out.join('').includes('\x1b[')).toBe(coloured);
  });

  it.each([
    ['rewrites a line on a terminal', {}, true],
    ['writes plain lines in CI', { CI: 'true' }, false],
  ])('%s', async (_, environment, live) => {
    const err: string[] = [];
    const stderr = { write: (text: string) => err.push(text), isTTY: true, columns: 80 };
    await run('scan', { io: { stderr, environment } });
    expect(err.join('').includes('\r\x1b[K')).toBe(live);
    expect(err.join('')).toContain('fetch acme: asking for news');
  });

  it.each([
    ['that says 0 columns', 0, {}, 100],
    ['that says 80 columns', 80, {}, 80],
    ['that says nothing, with COLUMNS', undefined, { COLUMNS: '72' }, 72],
    ['that is very wide', 400, {}, 140],
  ])('fills a screen %s as far as can be read', async (_, columns, environment, widest) => {
    const out: string[] = [];
    const stdout = { write: (text: string) => out.push(text), ...(columns === undefined ? {} : { columns }) };
    await run('sync', { io: { stdout, environment }, engine: { sync: async () => samples.runOf() } });
    const widths = out
      .join('')
      .split('\n')
      .map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(widest);
    expect(Math.max(...widths)).toBeGreaterThan(widest - 20);
  });

  it('shows no secret of the environment, whatever the engine says', async () => {
    const status = { ...samples.STATUS, health: { ...samples.STATUS.health, notes: [`it said ${TOKEN}`] } };
    const engine: Partial<Engine> = {
      status: async () => status,
      config: async () => {
        throw new Error(`could not use s3cr3t-of-mail`);
      },
    };
    const environment = { GITHUB_TOKEN: TOKEN, AUTOSYNC_SMTP_URL: 's3cr3t-of-mail' };
    for (const line of ['status', 'status --json', 'config', 'config --json', 'config --verbose']) {
      const { out, err } = await run(line, { engine, io: { environment } });
      expect(out + err).toContain('[redacted]');
      expect(out + err).not.toMatch(/SECRETsecret|s3cr3t/);
    }
  });
});

describe('secrets that are kept elsewhere', () => {
  const environment = { AUTOSYNC_AWS_SECRET_ID: 'family' };
  const secrets = { AUTOSYNC_SOURCE_TOKEN: 's3cr3t-from-elsewhere' };

  it.each(['scan', 'sync', 'apply 1a2b', 'undo run-1', 'doctor', 'explain 1a2b', 'decline 1a2b --because no'])(
    'are looked up for %s and reach the engine',
    async (line) => {
      const { lookUps, settings } = await run(line, { io: { environment }, secrets });
      expect(lookUps).toEqual([environment]);
      expect(settings.map((one) => one.environment)).toEqual([{ ...environment, ...secrets }]);
    },
  );

  it.each(['', '--help', 'sync --help', '--version', 'status', 'config', 'init', 'demo', 'scan --wrong'])(
    'are not looked up for "%s"',
    async (line) => {
      expect((await run(line, { io: { environment }, secrets })).lookUps).toEqual([]);
    },
  );

  it('are in no answer and in no error', async () => {
    const refusing: Partial<Engine> = {
      scan: async () => {
        throw new Error(`refused s3cr3t-from-elsewhere`);
      },
    };
    for (const line of ['scan', 'scan --json', 'scan --verbose']) {
      const { out, err, status } = await run(line, { engine: refusing, io: { environment }, secrets });
      expect(status).toBe(1);
      expect(out + err).toContain('refused [redacted]');
      expect(out + err).not.toContain('s3cr3t');
    }
  });
});

describe('parseUntil', () => {
  it.each([
    ['2026-04-01', '2026-04-01T00:00:00Z'],
    ['2026-04-01T10:30:00Z', '2026-04-01T10:30:00Z'],
    ['30d', '2026-04-01T12:00:00Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseUntil(text, samples.NOW)).toBe(expected);
  });

  it.each(['2026-02-31', '2026-13-01', 'tomorrow', '', '30', '2026-03-01', '\x1b[2J'])('%j is refused', (text) => {
    expect(() => parseUntil(text, samples.NOW)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
