import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { git } from '../plainGit.js';
import { makeCommit } from '../repository.js';
import { temporaryFolder } from '../temporaryFolder.js';
import type { DeclaredWorkflow } from './declared.js';
import { carrying, gitBeside } from './gitClient.js';
import { startRecorder } from './recorder.js';
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
  members: 'read',
} as const;

const here: { github: GitHubStandIn; octokit: Octokit } = {} as never;
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const CI: DeclaredWorkflow = {
  path: '.github/workflows/ci.yml',
  name: 'ci',
  on: ['push', 'workflow_dispatch'],
  branches: ['main'],
  inputs: ['why'],
  jobs: ['build', 'deploy'],
};
const shop = { owner: 'acme', repo: 'shop' };
const statusOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (answer) => (answer as { status: number }).status,
    (error) => error.status ?? error.message,
  );

beforeEach(async () => {
  here.github = await startGitHub({
    tokens: [{ token: TARGET, login: 'acme', kind: 'fine-grained', permissions: PERMISSIONS }],
    repositories: [
      {
        owner: 'acme',
        name: 'shop',
        private: true,
        collaborators: { reviewer: 'write' },
        allowAutoMerge: true,
        rules: { ruled: { requiredChecks: ['build'], requiredApprovals: 1 } },
        workflows: [CI],
      },
    ],
    organizations: { 'acme-makers': ['acme', 'reviewer'] },
  });
  here.octokit = new Octokit({
    baseUrl: here.github.apiUrl,
    auth: TARGET,
    log: SILENT,
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

  it('answers every operation of its description in GitHub’s form', async () => {
    const { github, octokit } = here;
    const hosted = github.repository('acme/shop');
    const main = hosted.tip('main') ?? '';
    const ok = async (route: string, parameters: Record<string, unknown> = {}): Promise<unknown> => {
      const answer = await octokit.request(route, { ...(route.includes('{owner}') ? shop : {}), ...parameters });
      expect(answer.status).toBeLessThan(300);
      return answer.data;
    };
    const at = '/repos/{owner}/{repo}';
    await ok('GET /user');
    await ok('GET /rate_limit');
    await ok('GET /orgs/acme-makers/members/reviewer');
    expect(await ok(`GET ${at}`)).toMatchObject({ full_name: 'acme/shop', permissions: { push: true } });
    expect(await ok(`GET ${at}/branches/main`)).toMatchObject({ protected: false, commit: { sha: main } });
    hosted.protect('main', { requiredChecks: ['build'], requiredApprovals: 1, strict: true });
    await ok(`GET ${at}/branches/main`);
    await ok(`GET ${at}/branches/main/protection`);
    expect(await ok(`GET ${at}/rules/branches/ruled`)).toHaveLength(4);
    expect(await ok(`GET ${at}/git/ref/heads/main`)).toMatchObject({ object: { sha: main } });
    expect(await ok(`GET ${at}/git/matching-refs/heads/wo`)).toHaveLength(1);
    await ok(`POST ${at}/git/refs`, { ref: 'refs/heads/made', sha: main });
    await ok(`PATCH ${at}/git/refs/heads/made`, { sha: hosted.tip('work') });
    expect(await statusOf(octokit.request(`PATCH ${at}/git/refs/heads/made`, { ...shop, sha: main }))).toBe(422);
    await ok(`DELETE ${at}/git/refs/heads/made`);
    expect(hosted.branches()).toEqual(['main', 'work']);
    expect(await ok(`GET ${at}/commits/main`)).toMatchObject({ sha: main, files: [{}, {}] });
    await ok(`GET ${at}/git/commits/${main}`);
    expect(await ok(`GET ${at}/compare/main...work`)).toMatchObject({ status: 'ahead', ahead_by: 1 });
    await ok(`POST ${at}/statuses/${main}`, { state: 'success', context: 'deploy' });
    expect(await ok(`GET ${at}/commits/main/status`)).toMatchObject({ state: 'success', total_count: 1 });
    expect(await ok(`GET ${at}/commits/main/statuses`)).toHaveLength(1);
    hosted.check(main, 'build', 'success');
    expect(await ok(`GET ${at}/commits/main/check-runs`)).toMatchObject({ total_count: 3 });
    expect(await ok(`GET ${at}/contents/README.md`)).toMatchObject({ content: 'QSBzaG9wLgo=' });
    await ok(`GET ${at}/collaborators/reviewer`);
    expect(await ok(`GET ${at}/collaborators/reviewer/permission`)).toMatchObject({ permission: 'write' });
    await ok(`GET ${at}/assignees/reviewer`);
    expect(await statusOf(octokit.request(`GET ${at}/assignees/stranger`, shop))).toBe(404);
    await ok(`POST ${at}/pulls`, { title: 'Set the price', head: 'work', base: 'main', body: 'Why', draft: true });
    const pull = `${at}/pulls/1`;
    await ok(`PATCH ${pull}`, { title: 'Set the price to 2', state: 'closed' });
    await ok(`PATCH ${pull}`, { state: 'open' });
    expect(await ok(`GET ${pull}/files`)).toMatchObject([{ filename: 'src/price.js', status: 'modified' }]);
    expect(await ok(`GET ${pull}/commits`)).toHaveLength(1);
    await ok(`POST ${pull}/requested_reviewers`, { reviewers: ['reviewer'] });
    hosted.review(1, 'reviewer', 'APPROVED');
    expect(await ok(`GET ${pull}/reviews`)).toMatchObject([{ state: 'APPROVED' }]);
    expect(await statusOf(octokit.request(`GET ${pull}/merge`, shop))).toBe(404);
    expect(await ok(`GET ${at}/commits/${hosted.tip('work')}/pulls`)).toHaveLength(1);
    const issue = `${at}/issues/1`;
    await ok(`PUT ${issue}/labels`, { labels: ['auto-sync', 'risk:low'] });
    await ok(`DELETE ${issue}/labels/{name}`, { name: 'risk:low' });
    expect(await ok(`GET ${issue}/labels`)).toMatchObject([{ name: 'auto-sync' }]);
    await ok(`GET ${at}/labels/auto-sync`);
    expect(await ok(`GET ${at}/labels`, { per_page: 1, page: 2 })).toHaveLength(1);
    expect(await ok(`POST ${issue}/assignees`, { assignees: ['reviewer', 'stranger'] })).toMatchObject({
      assignees: [{ login: 'reviewer' }],
    });
    const comment = (await ok(`POST ${issue}/comments`, { body: 'one' })) as { id: number };
    await ok(`PATCH ${at}/issues/comments/${comment.id}`, { body: 'two' });
    expect(await ok(`GET ${issue}/comments`)).toMatchObject([{ body: 'two' }]);
    hosted.protect('main', null);
    hosted.commit('main', { 'other.txt': 'other\n' });
    await ok(`PUT ${pull}/update-branch`, { expected_head_sha: hosted.tip('work') });
    expect(hosted.pull(1).headSha).toBe(hosted.tip('work'));
    await ok(`GET ${at}/actions/permissions/workflow`);
    expect(github.violations()).toEqual([]);
  });

  it('runs workflows when a push or a dispatch says so, and moves them as it is told', async () => {
    const { github, octokit } = here;
    const hosted = github.repository('acme/shop');
    expect(hosted.runs().map(({ event, branch }) => `${event} ${branch}`)).toEqual(['push main']);
    await octokit.actions.createWorkflowDispatch({
      ...shop,
      workflow_id: 'ci.yml',
      ref: 'main',
      inputs: { why: 'test' },
    });
    const [newest] = (await octokit.actions.listWorkflowRuns({ ...shop, workflow_id: 'ci.yml' })).data.workflow_runs;
    const run_id = newest?.id ?? 0;
    expect(newest).toMatchObject({ event: 'workflow_dispatch', status: 'queued' });
    hosted.advance(run_id, 'in_progress');
    hosted.advance(run_id, { deploy: 'failure' });
    const read = await octokit.actions.getWorkflowRun({ ...shop, run_id });
    expect(read.data).toMatchObject({ status: 'completed', conclusion: 'failure' });
    await octokit.actions.reRunWorkflowFailedJobs({ ...shop, run_id });
    const { jobs } = (await octokit.actions.listJobsForWorkflowRun({ ...shop, run_id })).data;
    expect(jobs.map(({ name, status }) => `${name} ${status}`)).toEqual(['build completed', 'deploy queued']);
    await octokit.actions.cancelWorkflowRun({ ...shop, run_id });
    expect(await statusOf(octokit.actions.cancelWorkflowRun({ ...shop, run_id }))).toBe(409);
    expect((await octokit.actions.listRepoWorkflows(shop)).data.total_count).toBe(1);
    expect((await octokit.actions.listWorkflowRunsForRepo({ ...shop, event: 'push' })).data.total_count).toBe(1);
    await octokit.actions.getWorkflow({ ...shop, workflow_id: 'ci.yml' });
  });

  it('merges by itself what was told to, once the checks are there', async () => {
    const { github, octokit } = here;
    const hosted = github.repository('acme/shop');
    hosted.protect('main', { requiredChecks: ['gate'] });
    const made = await octokit.pulls.create({ ...shop, title: 'Set', head: 'work', base: 'main', draft: true });
    const id = made.data.node_id;
    const mutation = (name: string, type: string): string =>
      `mutation ($input: ${type}!) { ${name}(input: $input) { pullRequest { id isDraft } } }`;
    const ready = mutation('markPullRequestReadyForReview', 'MarkPullRequestReadyForReviewInput');
    await octokit.graphql(ready, { input: { pullRequestId: id } });
    const enable = mutation('enablePullRequestAutoMerge', 'EnablePullRequestAutoMergeInput');
    await octokit.graphql(enable, { input: { pullRequestId: id, mergeMethod: 'SQUASH' } });
    expect(hosted.pull(1)).toMatchObject({ state: 'open', draft: false });
    hosted.status(hosted.pull(1).headSha, 'gate', 'success');
    expect(hosted.pull(1).merge?.sha).toBe(hosted.tip('main'));
    expect(github.violations()).toEqual([]);
    await expect(octokit.graphql(enable, { input: { pullRequestId: id, method: 'SQUASH' } })).rejects.toThrow(
      'takes no method',
    );
    expect(github.takeViolations()).toHaveLength(1);
  });

  it('breaks the request that it is told to break, after the effect or before', async () => {
    const { github, octokit } = here;
    const hosted = github.repository('acme/shop');
    const create = (): Promise<unknown> =>
      statusOf(octokit.pulls.create({ ...shop, title: 'Set', head: 'work', base: 'main' }));
    const pulls = { method: 'POST', path: /\/pulls$/ };
    for (const [kind, status] of [
      ['500', 500],
      ['502', 502],
      ['409', 409],
      ['422', 422],
      ['403-secondary', 403],
      ['429', 429],
      ['refused', 500],
    ] as const) {
      github.faults.next({ ...pulls, kind });
      expect([kind, await create()]).toEqual([kind, status]);
    }
    expect(hosted.pulls()).toEqual([]);
    github.faults.next({ ...pulls, kind: 'hang' });
    const impatient = { request: { signal: AbortSignal.timeout(300) } };
    const hung = octokit.pulls.create({ ...shop, title: 'Set', head: 'work', base: 'main', ...impatient });
    await expect(hung).rejects.toThrow();
    expect(hosted.pulls()).toEqual([]);
    github.faults.next({ ...pulls, kind: 'reply-lost' });
    expect(await create()).toBe(500);
    expect(hosted.pulls()).toHaveLength(1);
    expect(await create()).toBe(422);
    github.faults.next({ method: 'GET', kind: 'cut' });
    const headers = { authorization: `Bearer ${TARGET}` };
    const half = await fetch(`${github.apiUrl}/repos/acme/shop/pulls/1`, { headers });
    expect(half.status).toBe(200);
    await expect(half.json()).rejects.toThrow('terminated');
    expect(github.faults.waiting()).toEqual([]);
    expect(github.wire.writes()).toHaveLength(10);
  });

  it('takes each token for what it is', async () => {
    const { github } = here;
    const as = (auth: string): Octokit => new Octokit({ baseUrl: github.apiUrl, auth, log: SILENT });
    const day = new Date(Date.now() + 86_400_000);
    const [reads, old, outside] = ['github_pat_reads', 'github_pat_old', 'github_pat_outside'] as const;
    const common = { login: 'acme', kind: 'fine-grained' } as const;
    github.declareToken({ ...common, token: reads, permissions: { pull_requests: 'read' }, expiresAt: day });
    github.declareToken({ ...common, token: old, expiresAt: new Date(0) });
    github.declareToken({ ...common, token: outside, permissions: PERMISSIONS, repositories: ['acme/other'] });
    github.declareToken({ token: 'ghp_classic', login: 'acme', kind: 'classic', scopes: ['repo'] });
    expect(await statusOf(as('nobody').repos.get(shop))).toBe(401);
    expect(await statusOf(as(old).repos.get(shop))).toBe(401);
    expect(await statusOf(as(outside).repos.get(shop))).toBe(404);
    const list = await as(reads).pulls.list(shop);
    expect(list.headers['github-authentication-token-expiration']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
    expect(Number(list.headers['x-ratelimit-remaining'])).toBe(4999);
    const refused = await as(reads)
      .pulls.create({ ...shop, title: 'Set', head: 'work', base: 'main' })
      .catch((error) => error);
    expect(refused).toMatchObject({
      status: 403,
      message: expect.stringContaining('not accessible by personal access'),
    });
    expect(refused.response.headers['x-accepted-github-permissions']).toBe('pull_requests=write');
    const again = as(reads).pulls.list({ ...shop, headers: { 'if-none-match': list.headers.etag } });
    expect(await statusOf(again)).toBe(304);
    expect(github.limits.left({ ...common, token: reads })).toBe(4998);
    github.limits.leave(reads, 0);
    expect(await statusOf(as(reads).pulls.list(shop))).toBe(403);
    expect((await as('ghp_classic').repos.get(shop)).headers['x-oauth-scopes']).toBe('repo');
  });

  it('shows whether a secret is carried to where a redirect leads', async () => {
    const { github, octokit } = here;
    const recorder = await startRecorder();
    github.redirects.add({ path: /\/branches\//, to: recorder.origin });
    await statusOf(octokit.repos.getBranch({ ...shop, branch: 'main' }));
    expect(recorder.requests).toHaveLength(1);
    expect(recorder.carrying(TARGET)).toEqual([]);
    await fetch(recorder.origin, { headers: { 'private-token': Buffer.from(`x:${TARGET}`).toString('base64') } });
    expect(recorder.carrying(TARGET)).toHaveLength(1);
    await statusOf(octokit.issues.createComment({ ...shop, issue_number: 1, body: `my ${TARGET}` }));
    expect(github.wire.carrying(TARGET).map(({ operation }) => operation)).toEqual(['issues/create-comment']);
    await recorder.close();
  });

  it('squashes and rebases as it is asked, and closes what others landed or deleted', async () => {
    const { github, octokit } = here;
    const hosted = github.repository('acme/shop');
    const open = async (head: string): Promise<number> => {
      hosted.commit(head, { [`${head}.txt`]: 'one\n' }, `Add ${head}`);
      hosted.commit(head, { [`${head}.txt`]: 'two\n' }, `Change ${head}`);
      return (await octokit.pulls.create({ ...shop, title: `Take ${head}`, head, base: 'main' })).data.number;
    };
    const numbers = [await open('squashed'), await open('rebased'), await open('deleted'), await open('landed')];
    const [squashed = 0, rebased = 0, deleted = 0, landed = 0] = numbers;
    await octokit.pulls.merge({ ...shop, pull_number: squashed, merge_method: 'squash' });
    expect(git(hosted.folder, ['show', '-s', '--format=%s', 'main'])).toBe('Take squashed (#1)');
    await octokit.pulls.merge({ ...shop, pull_number: rebased, merge_method: 'rebase' });
    const subjects = git(hosted.folder, ['log', '--format=%s', '-3', 'main']).split('\n');
    expect(subjects).toEqual(['Change rebased', 'Add rebased', 'Take squashed (#1)']);
    hosted.deleteBranch('deleted');
    expect(hosted.pull(deleted)).toMatchObject({ state: 'closed', merge: null });
    hosted.merge(landed, 'reviewer');
    expect(hosted.pull(landed).merge).toMatchObject({ by: 'reviewer', sha: hosted.tip('main') });
    expect(github.violations()).toEqual([]);
  });

  it('says a conflict, and keeps a push whose answer was lost', async () => {
    const { github, octokit } = here;
    const hosted = github.repository('acme/shop');
    hosted.commit('main', { 'src/price.js': 'export const price = 3;\n' });
    await octokit.pulls.create({ ...shop, title: 'Set', head: 'work', base: 'main' });
    const read = await octokit.pulls.get({ ...shop, pull_number: 1 });
    expect(read.data).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
    expect(await statusOf(octokit.pulls.merge({ ...shop, pull_number: 1 }))).toBe(405);
    const folder = temporaryFolder();
    const environment = carrying(github.origin, TARGET);
    await gitBeside(folder, ['clone', '-q', '-b', 'work', hosted.cloneUrl, 'mine'], environment);
    const sha = makeCommit(join(folder, 'mine'), { files: { 'more.txt': 'more\n' } });
    github.faults.next({ method: 'POST', path: /git-receive-pack$/, kind: 'reply-lost' });
    expect((await gitBeside(join(folder, 'mine'), ['push', '-q', 'origin', 'work'], environment)).exit).not.toBe(0);
    expect([hosted.tip('work'), hosted.pull(1).headSha]).toEqual([sha, sha]);
  });

  it('starts no workflow for what the token of a workflow does', async () => {
    const { github } = here;
    const token = 'ghs_of_a_workflow';
    const permissions = { contents: 'write', pull_requests: 'write' } as const;
    github.declareToken({ token, login: 'github-actions[bot]', kind: 'actions', permissions });
    const octokit = new Octokit({ baseUrl: github.apiUrl, auth: token, log: SILENT });
    const hosted = github.host({
      owner: 'acme',
      name: 'open',
      workflows: [{ ...CI, on: ['pull_request'] }],
      actionsMayCreatePullRequests: false,
    });
    hosted.commit('main', { a: 'a\n' });
    hosted.commit('work', { a: 'b\n' });
    const pull = { owner: 'acme', repo: 'open', title: 'Set', head: 'work', base: 'main' };
    expect(await statusOf(octokit.pulls.create(pull))).toBe(403);
    expect(await statusOf(octokit.users.getAuthenticated())).toBe(403);
    expect(await statusOf(here.octokit.pulls.create(pull))).toBe(201);
    expect(hosted.runs()).toHaveLength(1);
  });
});
