import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appWith } from '../support/family.js';
import { type ForgeFamily, makeForgeFamily, TARGET_TOKEN } from '../support/forgeFamily.js';
import { carrying, gitBeside } from '../support/github/gitClient.js';
import { type Recorder, startRecorder } from '../support/github/recorder.js';
import { type GitHubStandIn, startGitHub } from '../support/github/server.js';
import { holds, type WireRequest } from '../support/github/wire.js';
import { bundle, start, WASM } from '../support/killable.js';
import { git } from '../support/plainGit.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const SOURCE_TOKEN = 'ghp_SOURCEcanary0123456789abcdefghijklm';
const CANARIES = [TARGET_TOKEN, SOURCE_TOKEN];

interface Scene {
  readonly made: ForgeFamily;
  readonly source: GitHubStandIn;
  readonly recorder: Recorder;
  readonly program: string;
  readonly traces: string;
  readonly environment: Readonly<Record<string, string>>;
}

const scene: { now: Scene | null } = { now: null };
const here = (): Scene => {
  if (scene.now === null) throw new Error('there is no scene');
  return scene.now;
};

/** Variables by which git tells what it sends, secrets included. */
const traced = (folder: string): Readonly<Record<string, string>> => ({
  GIT_TRACE: join(folder, 'trace'),
  GIT_TRACE_CURL: join(folder, 'curl'),
  GIT_TRACE_PACKET: join(folder, 'packet'),
  GIT_TRACE2_EVENT: join(folder, 'event'),
  GIT_TRACE2_ENV_VARS: 'GITHUB_TOKEN,AUTOSYNC_SOURCE_TOKEN,GIT_CONFIG_VALUE_0',
  GIT_TRACE_REDACT: '0',
});

/** A check that leaves all that can be seen of environments where the test finds it. */
function spyingCheck(notes: string): Readonly<Record<string, unknown>> {
  const look = `env >> '${notes}/seen'; cat /proc/self/environ /proc/[0-9]*/environ >> '${notes}/seen' 2>/dev/null`;
  return { name: 'proof', run: `${look}; ! grep -rl BROKEN src`, reads: 'exit-code' };
}

/** A target on one stand-in, its sibling on another one behind another token, and a third server that is nobody's. */
beforeAll(async () => {
  const made = await makeForgeFamily();
  const { family } = made;
  const acme = family.sibling('acme');
  family.commit(acme, 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
  family.commit(acme, 'feat!: a breaking one', { 'src/breaking.txt': 'breaking\n' });
  family.commit(acme, 'fix: line five', { 'src/app.txt': appWith({ 5: 'acme' }) });
  made.hosted.commit('main', { 'src/app.txt': appWith({ 5: 'ours' }) }, 'feat: line five, as the target has it');
  const source = await startGitHub({
    tokens: [{ token: SOURCE_TOKEN, login: 'reader', kind: 'fine-grained', permissions: { contents: 'read' } }],
    repositories: [{ owner: 'org', name: 'acme', private: true, from: acme, collaborators: { reader: 'read' } }],
  });
  family.configure({
    siblings: [{ name: 'acme', url: source.repository('org/acme').cloneUrl, branch: 'main' }],
    validate: { checks: [spyingCheck(family.notes)] },
    land: { askPeople: true },
  });
  const traces = temporaryFolder();
  const program = await bundle(join(import.meta.dirname, 'children/program.ts'), temporaryFolder());
  copyFileSync(WASM, join(dirname(program), 'sql-wasm.wasm'));
  scene.now = {
    ...{ made, source, program, traces, recorder: await startRecorder() },
    environment: {
      ...made.environment,
      ...traced(traces),
      XDG_CACHE_HOME: family.cache,
      AUTOSYNC_SOURCE_TOKEN: SOURCE_TOKEN,
      AUTOSYNC_SOURCE_ORIGIN: source.origin,
    },
  };
});

afterAll(async () => {
  const { made, source, recorder } = here();
  await recorder.close();
  await made.github.close();
  await source.close();
});

/** Runs the headless runner; both of its outputs and how it ended. */
async function run(...args: readonly string[]): Promise<{ readonly exit: number | null; readonly said: string }> {
  const { program, environment, made } = here();
  const { exit, out, err } = await start(program, ['--workspace', made.family.target, ...args], environment).ended;
  return { exit, said: `${out}\n${err}` };
}

/** Files below a folder that hold a canary in any form. */
function filesWith(folder: string, secrets: readonly string[] = CANARIES): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return paths.filter(
    (path) => existsSync(path) && secrets.some((secret) => holds(readFileSync(path, 'latin1'), secret)),
  );
}

const held = (text: string): readonly string[] => CANARIES.filter((secret) => holds(text, secret));

/** Every way a token is said in a header, as the wire notes it. */
const headersOf = (token: string): readonly string[] =>
  [`token ${token}`, `Bearer ${token}`, `Basic ${btoa(`x-access-token:${token}`)}`].map((header) =>
    createHash('sha256').update(header).digest('hex').slice(0, 16),
  );

const strangers = (requests: readonly WireRequest[], token: string): readonly string[] =>
  requests
    .filter(({ authorization }) => authorization !== null && !headersOf(token).includes(authorization))
    .map(({ method, path }) => `${method} ${path}`);

/** Looks at all command lines while `work` is done. */
async function commandLinesDuring(work: () => Promise<unknown>): Promise<string> {
  const sampler = spawn(process.execPath, [join(import.meta.dirname, 'children/sampler.mjs')]);
  const said: string[] = [];
  const ready = new Promise<void>((resolve) => {
    sampler.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.push(text);
      resolve();
    });
  });
  const ended = new Promise<void>((resolve) => sampler.once('close', () => resolve()));
  await ready;
  await work();
  sampler.stdin.end();
  await ended;
  return said.join('');
}

describe('two tokens in a whole run', () => {
  it('are in no command line, no file, no environment of a check, no text and no other request', async () => {
    const { made, source, traces } = here();
    const lines = await commandLinesDuring(async () => {
      const { exit, said } = await run('sync', '--json');
      expect(exit, said).toBe(0);
      expect(held(said)).toEqual([]);
    });
    // The run did all it can do, else it would prove nothing.
    expect(
      made.hosted
        .pulls()
        .map(({ head }) => head)
        .sort(),
    ).toEqual(['autosync/acme/auto', 'autosync/acme/conflict', 'autosync/acme/review']);
    expect(lines).toMatch(/git-receive-pack|push --porcelain/);
    expect(held(lines)).toEqual([]);
    const seen = readFileSync(join(made.family.notes, 'seen'), 'latin1');
    expect(seen).toContain('PATH=');
    expect(held(seen)).toEqual([]);
    expect(existsSync(join(made.family.cache, 'autosync'))).toBe(true);
    expect(filesWith(made.family.folder)).toEqual([]);
    expect(filesWith(traces)).toEqual([]);
    expect(held(git(made.hosted.folder, ['log', '--all', '--format=%B%an%ae']))).toEqual([]);
    const texts = made.hosted.pulls().map((pull) => [pull, made.hosted.comments(pull.number)]);
    expect(held(JSON.stringify(texts))).toEqual([]);
    expect(
      CANARIES.flatMap((secret) => [...made.github.wire.carrying(secret), ...source.wire.carrying(secret)]),
    ).toEqual([]);
  });

  it('each goes to its own origin alone', () => {
    const { made, source } = here();
    expect(made.github.wire.requests.filter(({ authorization }) => authorization !== null).length).toBeGreaterThan(10);
    expect(source.wire.requests.filter(({ authorization }) => authorization !== null).length).toBeGreaterThan(1);
    expect(strangers(made.github.wire.requests, TARGET_TOKEN)).toEqual([]);
    expect(strangers(source.wire.requests, SOURCE_TOKEN)).toEqual([]);
  });

  it('are found by these very means where they are', async () => {
    const { made, source, recorder } = here();
    const folder = temporaryFolder();
    const header = carrying(source.origin, SOURCE_TOKEN);
    const address = source.repository('org/acme').cloneUrl;
    const [setting] = [`http.extraHeader=${header['GIT_CONFIG_VALUE_0']}`];
    const lines = await commandLinesDuring(() =>
      gitBeside(folder, ['-c', setting, 'ls-remote', address], traced(folder)),
    );
    expect(held(lines)).toEqual([SOURCE_TOKEN]);
    await gitBeside(folder, ['ls-remote', address], { ...header, ...traced(folder) });
    expect(
      filesWith(folder)
        .map((path) => path.slice(folder.length + 1))
        .sort(),
    ).toEqual(['curl', 'event']);
    writeFileSync(join(folder, 'plain'), encodeURIComponent(TARGET_TOKEN));
    expect(filesWith(folder)).toContain(join(folder, 'plain'));
    expect(statSync(join(made.family.target, '.autosync/state.json')).size).toBeGreaterThan(100);
    await fetch(`${recorder.origin}/somewhere`, { headers: { 'private-token': TARGET_TOKEN } });
    expect(recorder.carrying(TARGET_TOKEN)).toHaveLength(1);
    expect(strangers([{ authorization: headersOf(TARGET_TOKEN)[0] ?? '' } as WireRequest], SOURCE_TOKEN)).toHaveLength(
      1,
    );
  });
});

describe('what sends requests elsewhere', () => {
  it.each([
    ['the API', 'target', /\/api\/v3\//],
    ["the target's git", 'target', /\/shop\.git\//],
    ["the sibling's git", 'source', /\/acme\.git\//],
  ] as const)('gets no token: %s', async (_what, whose, path) => {
    const { made, source, recorder } = here();
    const { redirects } = whose === 'target' ? made.github : source;
    const before = recorder.requests.length;
    redirects.add({ path, to: recorder.origin });
    const { exit, said } = await run('sync');
    redirects.clear();
    expect(exit).not.toBe(0);
    expect(held(said)).toEqual([]);
    const came = JSON.stringify(recorder.requests.slice(before));
    expect(held(came)).toEqual([]);
    expect(filesWith(made.family.folder)).toEqual([]);
  });

  it('and what is refused is told without it', async () => {
    const { made, source } = here();
    source.declareToken({ token: SOURCE_TOKEN, login: 'reader', kind: 'classic', expiresAt: new Date(0) });
    const unread = await run('sync');
    expect(unread.exit).toBe(3);
    made.github.declareToken({ token: TARGET_TOKEN, login: 'sync-bot', kind: 'classic', expiresAt: new Date(0) });
    const refused = await run('sync', '--json');
    expect(refused.exit).toBe(1);
    expect(refused.said).toContain('it does not know the token (401)');
    const doctor = await run('doctor');
    expect(held(unread.said + refused.said + doctor.said)).toEqual([]);
    expect(filesWith(made.family.folder)).toEqual([]);
  });
});
