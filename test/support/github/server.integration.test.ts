import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { git } from '../plainGit.js';
import { makeCommit } from '../repository.js';
import { temporaryFolder } from '../temporaryFolder.js';
import { carrying, gitBeside } from './gitClient.js';
import { type GitHubStandIn, startGitHub } from './server.js';

const TARGET = 'github_pat_target_of_the_test';

/** What AutoSync's target token is declared with. */
const PERMISSIONS = {
  contents: 'write',
  pull_requests: 'write',
  issues: 'write',
  actions: 'write',
  checks: 'read',
  statuses: 'write',
  administration: 'read',
} as const;

const here: { github: GitHubStandIn; octokit: Octokit } = {} as never;
const shop = { owner: 'acme', repo: 'shop' };
const statusOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (answer) => (answer as { status: number }).status,
    (error) => error.status ?? error.message,
  );

beforeEach(async () => {
  here.github = await startGitHub({
    tokens: [{ token: TARGET, login: 'acme', kind: 'fine-grained', permissions: PERMISSIONS }],
    repositories: [{ owner: 'acme', name: 'shop', private: true, collaborators: { reviewer: 'write' } }],
  });
  here.octokit = new Octokit({
    baseUrl: here.github.apiUrl,
    auth: TARGET,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const hosted = here.github.repository('acme/shop');
  hosted.commit('main', { 'README.md': 'A shop.\n', 'src/price.js': 'export const price = 1;\n' });
  hosted.commit('work', { 'src/price.js': 'export const price = 2;\n' }, 'Set the price');
});

afterEach(() => here.github.close());

describe('the stand-in for GitHub', () => {
  it('takes a pull request from its label to its merge without a violation', async () => {
    const { github, octokit } = here;
    const hosted = github.repository('acme/shop');
    await octokit.issues.createLabel({ ...shop, name: 'risk:low', color: '0e8a16' });
    const made = await octokit.pulls.create({ ...shop, title: 'Set the price', head: 'work', base: 'main' });
    const listed = await octokit.pulls.list({ ...shop, head: 'acme:work', state: 'open', per_page: 100 });
    expect(listed.data.map(({ number }) => number)).toEqual([made.data.number]);
    await octokit.issues.addLabels({ ...shop, issue_number: 1, labels: ['risk:low'] });
    const read = await octokit.pulls.get({ ...shop, pull_number: 1 });
    expect(read.data).toMatchObject({ mergeable: true, mergeable_state: 'clean', commits: 1, changed_files: 1 });
    expect(read.data.labels.map(({ name }) => name)).toEqual(['risk:low']);
    expect(await statusOf(octokit.repos.getBranchProtection({ ...shop, branch: 'main' }))).toBe(404);
    hosted.protect('main', { requiredChecks: ['build'] });
    const { data } = await octokit.repos.getBranchProtection({ ...shop, branch: 'main' });
    expect(data.required_status_checks?.contexts).toEqual(['build']);
    const head = read.data.head.sha;
    expect(await statusOf(octokit.pulls.merge({ ...shop, pull_number: 1, sha: '0'.repeat(40) }))).toBe(409);
    expect(await statusOf(octokit.pulls.merge({ ...shop, pull_number: 1, sha: head }))).toBe(405);
    hosted.status(head, 'build', 'success');
    const merged = await octokit.pulls.merge({ ...shop, pull_number: 1, sha: head });
    expect(merged.data).toMatchObject({ merged: true, sha: hosted.tip('main') });
    expect(git(hosted.folder, ['show', 'main:src/price.js'])).toBe('export const price = 2;');
    expect(github.violations()).toEqual([]);
  });

  it('says of every wrong call what is wrong with it', async () => {
    const { github, octokit } = here;
    const wrong = async (route: string, parameters: Record<string, unknown>): Promise<string> => {
      expect(await statusOf(octokit.request(route, { ...shop, ...parameters }))).toBeGreaterThanOrEqual(400);
      return github.takeViolations().join('\n');
    };
    expect(await wrong('POST /repos/{owner}/{repo}/labels', { name: 'a', colour: 'ffffff' })).toContain('colour');
    expect(await wrong('PUT /repos/{owner}/{repo}/pulls/1/merge', { merge_method: 'fast' })).toContain('merge_method');
    expect(await wrong('GET /repos/{owner}/{repo}/pull', {})).toContain('no operation of GitHub');
    expect(await wrong('GET /repos/{owner}/{repo}/pulls', { per_page: 'abc' })).toContain('per_page');
    expect(await wrong('GET /repos/{owner}/{repo}/pulls', { perpage: 3 })).toContain('perpage');
    expect(await wrong('POST /repos/{owner}/{repo}/pulls', { title: 'No head', base: 'main' })).toContain('head');
    expect(github.repository('acme/shop').labels()).toEqual([]);
  });

  it('fails the test that leaves a violation behind', async () => {
    const other = await startGitHub();
    await fetch(`${other.apiUrl}/nothing`);
    await expect(other.close()).rejects.toThrow('GET /nothing is no operation of GitHub');
  });

  it('serves git over HTTP to who carries the token, and to nobody else', async () => {
    const { github } = here;
    const hosted = github.repository('acme/shop');
    const folder = temporaryFolder();
    const environment = carrying(github.origin, TARGET);
    expect((await gitBeside(folder, ['clone', '-q', hosted.cloneUrl, 'none'])).exit).toBe(128);
    const wrong = carrying(github.origin, 'another');
    expect((await gitBeside(folder, ['clone', '-q', hosted.cloneUrl, 'none'], wrong)).exit).toBe(128);
    expect((await gitBeside(folder, ['clone', '-q', hosted.cloneUrl, 'mine'], environment)).exit).toBe(0);
    const mine = join(folder, 'mine');
    const sha = makeCommit(mine, { files: { 'src/new.js': 'export {};\n' } });
    expect((await gitBeside(mine, ['push', '-q', 'origin', 'HEAD:refs/heads/pushed'])).exit).toBe(128);
    expect(hosted.tip('pushed')).toBeNull();
    expect((await gitBeside(mine, ['push', '-q', 'origin', 'HEAD:refs/heads/pushed'], environment)).exit).toBe(0);
    expect(hosted.tip('pushed')).toBe(sha);
    hosted.protect('main', { requiredChecks: ['build'] });
    const refused = await gitBeside(mine, ['push', '-q', 'origin', 'HEAD:main'], environment);
    expect(refused.text).toContain('GH006: Protected branch update failed');
    makeCommit(mine, { files: { '.github/workflows/ci.yml': 'name: ci\n' } });
    const workflow = await gitBeside(mine, ['push', '-q', 'origin', 'HEAD:refs/heads/pushed'], environment);
    expect(workflow.text).toContain('refusing to allow');
    expect(hosted.tip('pushed')).toBe(sha);
  });
});
