import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { WORKFLOW_FILE } from '../../src/core/workflowFile.js';
import { type Family, makeFamily, proofCheck } from '../support/family.js';
import { GRANTED, TARGET_TOKEN } from '../support/forgeFamily.js';
import { carrying, gitBeside } from '../support/github/gitClient.js';
import { type GitHubStandIn, startGitHub } from '../support/github/server.js';
import { bundle, WASM } from '../support/killable.js';
import { git } from '../support/plainGit.js';
import { type JobEnd, runJob } from '../support/runnerOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { readWorkflow, workflowProblems } from '../support/workflowSyntax.js';

const workflowIn = (family: Family): string => readFileSync(join(family.target, WORKFLOW_FILE), 'utf8');

const withUrls = (names: readonly string[]) =>
  names.map((name) => ({ name, url: `https://forge.example/house/${name}.git` }));

describe('writing the workflow', () => {
  it('follows the configuration, and says which siblings no runner can reach', async () => {
    const family = makeFamily();
    family.configure({
      siblings: [...withUrls(['globex']), { name: 'acme', path: '../acme' }],
      target: { branch: 'main' },
      schedule: { every: '6h' },
    });
    const report = await family.engine().workflow({ force: false });
    expect(report).toMatchObject({ file: WORKFLOW_FILE, written: true, siblings: ['globex'], left: ['acme'] });
    expect(workflowProblems(workflowIn(family))).toEqual([]);
    expect(readWorkflow(workflowIn(family)).on['schedule']).toEqual([{ cron: report.cron }]);
    expect(report.cron).toMatch(/^\d+ \d-23\/6 \* \* \*$/);
  });

  it('writes nothing when nothing changed, and anew when the policy did', async () => {
    const family = makeFamily();
    await family.engine().workflow({ force: false });
    expect((await family.engine().workflow({ force: false })).written).toBe(false);
    family.configure({ schedule: { every: '1d' } });
    expect((await family.engine().workflow({ force: false })).written).toBe(true);
  });

  it('leaves what a person wrote alone until it is forced, and tells before what it would do', async () => {
    const family = makeFamily();
    const there = async () => (await family.engine().workflowPlan()).there;
    expect(await family.engine().workflowPlan()).toMatchObject({
      root: family.target,
      there: 'nothing',
      left: ['acme'],
    });
    expect(existsSync(join(family.target, '.github'))).toBe(false);
    await family.engine().workflow({ force: false });
    expect(await there()).toBe('same');
    family.configure({ schedule: { every: '1d' } });
    expect(await there()).toBe('older');
    const edited = `${workflowIn(family)}# mine\n`;
    writeFileSync(join(family.target, WORKFLOW_FILE), edited);
    await expect(family.engine().workflow({ force: false })).rejects.toThrow('--force');
    expect(await there()).toBe('changed');
    expect(workflowIn(family)).toBe(edited);
    expect((await family.engine().workflow({ force: true })).written).toBe(true);
    expect(workflowIn(family)).not.toContain('# mine');
  });
});

/** A target and two siblings on the stand-in, with the policy and the workflow in the target's repository. */
interface Scene {
  readonly github: GitHubStandIn;
  readonly family: Family;
  /** One run of the workflow on machines that know nothing yet: the matrix, and how each job ended. */
  readonly run: (only?: string) => Promise<Outcome>;
}

interface Outcome {
  readonly list: JobEnd;
  readonly matrix: readonly string[];
  readonly jobs: Readonly<Record<string, JobEnd>>;
}

const TOKEN = "secrets.AUTOSYNC_TOKEN || (vars.AUTOSYNC_AWS_SECRET_ID == '' && github.token) || ''";
const AWS = ['vars.AWS_REGION', 'secrets.AWS_ACCESS_KEY_ID', 'secrets.AWS_SECRET_ACCESS_KEY'];

let cli = '';

beforeAll(async () => {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'entry.ts'),
    `import { runProgram } from ${JSON.stringify(join(import.meta.dirname, '../../src/cli.ts'))};\nvoid runProgram();\n`,
  );
  cli = await bundle(join(folder, 'entry.ts'), folder);
});

async function makeScene(): Promise<Scene> {
  const family = makeFamily(['acme', 'globex']);
  family.commit(family.sibling('acme'), 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
  family.commit(family.sibling('acme'), 'feat!: a breaking one', { 'src/breaking.txt': 'breaking\n' });
  family.commit(family.sibling('globex'), 'perf: a quick one', { 'src/quick.txt': 'quick\n' });
  const sibling = (name: string) => ({ owner: 'house', name, from: family.sibling(name) });
  const github = await startGitHub({ tokens: [GRANTED], repositories: [sibling('acme'), sibling('globex')] });
  const collaborators = { 'sync-bot': 'write' as const };
  const siblings = ['acme', 'globex'].map((name) => ({ name, url: github.repository(`house/${name}`).cloneUrl }));
  family.configure({
    siblings: [...siblings, { name: 'beside', path: '../beside' }],
    target: { branch: 'main' },
    land: { askPeople: false },
    validate: { checks: [proofCheck(family.notes)] },
  });
  await family.engine().workflow({ force: false });
  const tools = join(family.target, 'tools/autosync');
  mkdirSync(tools, { recursive: true });
  for (const file of [cli, WASM]) cpSync(file, join(tools, basename(file)));
  git(family.target, ['add', '-f', '.autosync/config.json', '.github', 'tools']);
  git(family.target, ['commit', '-q', '-m', 'chore: sync from siblings']);
  github.host({ owner: 'house', name: 'shop', from: family.target, collaborators });
  return { github, family, run: (only = '') => runWorkflow({ github, family }, only) };
}

async function runWorkflow({ github, family }: Omit<Scene, 'run'>, only: string): Promise<Outcome> {
  const room = temporaryFolder();
  const { jobs } = readWorkflow(workflowIn(family));
  const [first, second] = [jobs['siblings'], jobs['sync']];
  if (first === undefined || second === undefined) throw new Error('the workflow lacks a job');
  const place = async (name: string, matrix: string) => {
    const workspace = join(room, name, 'shop');
    const made = await gitBeside(
      room,
      ['clone', '-q', github.repository('house/shop').cloneUrl, workspace],
      carrying(github.origin, TARGET_TOKEN),
    );
    if (made.exit !== 0) throw new Error(made.text);
    const values = {
      'vars.AUTOSYNC_CLI': 'tools/autosync/program.mjs',
      'vars.AUTOSYNC_CLI_SHA256': '',
      'inputs.sibling': only,
      'matrix.sibling': matrix,
      [TOKEN]: TARGET_TOKEN,
      'vars.AUTOSYNC_AWS_SECRET_ID': '',
      ...Object.fromEntries(AWS.map((name) => [`vars.AUTOSYNC_AWS_SECRET_ID && ${name}`, ''])),
      'secrets.AUTOSYNC_SOURCE_TOKEN': '',
      'vars.AUTOSYNC_SOURCE_ORIGIN': '',
      "secrets.AUTOSYNC_SOURCE_TOKEN && 'there is one' || ''": '',
    };
    const environment = {
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: join(room, name),
      GITHUB_SERVER_URL: github.origin,
      GITHUB_API_URL: github.apiUrl,
    };
    return { workspace, room: join(room, name, 'temp'), environment, values };
  };
  const list = await runJob(first, await place('list', ''));
  const matrix = JSON.parse(list.outputs['names'] ?? '[]') as readonly string[];
  const ends: Record<string, JobEnd> = {};
  for (const name of matrix) {
    ends[name] = await runJob(second, await place(name, name));
  }
  return { list, matrix, jobs: ends };
}

const failuresOf = ({ list, jobs }: Outcome): readonly string[] =>
  [list, ...Object.values(jobs)].flatMap(({ failed, output }) => (failed.length === 0 ? [] : [...failed, output]));

describe('the workflow, run as a script', () => {
  it('lands what is safe and offers the rest, and then writes nothing any more; without its state it finds all again', async () => {
    const { github, run } = await makeScene();
    const first = await run();
    expect(failuresOf(first)).toEqual([]);
    expect(first.matrix).toEqual(['acme', 'globex']);
    const shop = github.repository('house/shop');
    expect(shop.pulls().map(({ head, state: now, merge }) => [head, now, merge !== null])).toEqual([
      ['autosync/acme/auto', 'closed', true],
      ['autosync/acme/review', 'open', false],
      ['autosync/globex/auto', 'closed', true],
    ]);
    expect(first.jobs['acme']?.summary).toMatch(/^ {4}main at /m);
    expect(first.jobs['acme']?.summary).toContain('a breaking one');
    const states = () =>
      git(shop.folder, ['for-each-ref', '--format=%(refname)', 'refs/autosync']).split('\n').filter(Boolean);
    const both = ['refs/autosync/state/acme/main', 'refs/autosync/state/globex/main'];
    expect(states()).toEqual(both);
    // What globex landed moved the branch: what acme has for review is put on top of it once.
    const second = await run();
    expect(failuresOf(second)).toEqual([]);
    expect(second.jobs['acme']?.output).toContain(`acme: what is remembered was taken from ${both[0]}.`);
    const [written, tip, pulls] = [github.wire.writes().length, shop.tip('main'), shop.pulls().length];
    expect(failuresOf(await run())).toEqual([]);
    expect(github.wire.writes().slice(written)).toEqual([]);
    git(shop.folder, ['update-ref', '-d', both[0] ?? '']);
    expect(failuresOf(await run('acme'))).toEqual([]);
    expect([shop.tip('main'), shop.pulls().length, states()]).toEqual([tip, pulls, both]);
    expect(shop.pull(2)).toMatchObject({ head: 'autosync/acme/review', state: 'open' });
    for (const ref of both) expect(git(shop.folder, ['grep', '-c', '-F', TARGET_TOKEN, ref], { expect: [1] })).toBe('');
    await github.close();
  });

  it('runs for one sibling when a person says which, and fails for one that nobody knows', async () => {
    const { github, run } = await makeScene();
    const one = await run('globex');
    expect([one.matrix, failuresOf(one)]).toEqual([['globex'], []]);
    const none = await run('$(touch pwned)');
    expect(none.list.failed).toEqual(['List the siblings (exit 2)']);
    expect(none.list.output).toContain('There is no sibling "$(touch pwned)"');
    await github.close();
  });

  it('takes AutoSync from an address only with the right checksum, and nothing at all when no one says where', async () => {
    const family = makeFamily();
    family.configure({ siblings: withUrls(['acme', 'globex']) });
    await family.engine().workflow({ force: false });
    const room = temporaryFolder();
    writeFileSync(join(room, 'cli.cjs'), "import('./program.mjs');\n");
    cpSync(cli, join(room, 'program.mjs'));
    const archive = join(room, 'cli.tgz');
    execFileSync('tar', ['-czf', archive, '-C', room, 'cli.cjs', 'program.mjs']);
    // In place of the network: what is asked for is the archive.
    const curl = `#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done\nexec cp ${archive} "$2"\n`;
    mkdirSync(join(room, 'bin'));
    writeFileSync(join(room, 'bin/curl'), curl, { mode: 0o755 });
    const sum = createHash('sha256').update(readFileSync(archive)).digest('hex');
    const job = readWorkflow(workflowIn(family)).jobs['siblings'];
    const listed = async (address: string, checksum: string) => {
      const values = { 'vars.AUTOSYNC_CLI': address, 'vars.AUTOSYNC_CLI_SHA256': checksum, 'inputs.sibling': '' };
      const path = [join(room, 'bin'), dirname(process.execPath), process.env['PATH'] ?? ''].join(':');
      const place = {
        workspace: family.target,
        room: temporaryFolder(),
        environment: { PATH: path, HOME: room },
        values,
      };
      return runJob(job ?? { permissions: {}, steps: [] }, place);
    };
    const address = 'https://forge.example/autosync-cli.tgz';
    expect(await listed(address, sum)).toMatchObject({ failed: [], outputs: { names: '["acme","globex"]' } });
    for (const wrong of [sum.replace(/./g, '0'), ''])
      expect((await listed(address, wrong)).failed).toEqual(['Install AutoSync (exit 1)']);
    expect((await listed('', '')).output).toContain('Set the repository variable AUTOSYNC_CLI');
  });
});
