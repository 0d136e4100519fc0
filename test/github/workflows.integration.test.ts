import { describe, expect, it } from 'vitest';
import type { DeclaredWorkflow } from '../support/github/declared.js';
import { calm, messageOf, PERMISSIONS, startShop } from './shop.js';

const DEPLOY: DeclaredWorkflow = {
  path: '.github/workflows/deploy.yml',
  name: 'Deploy',
  on: ['workflow_dispatch'],
  inputs: ['run'],
  jobs: ['build', 'deploy'],
};
const CI: DeclaredWorkflow = { path: '.github/workflows/ci.yml', name: 'CI', on: ['push'], jobs: ['test'] };
const repository = { workflows: [DEPLOY, CI] };

describe('a workflow', () => {
  it('is started by the name of its file, once, with its inputs', async () => {
    const shop = await startShop({ repository });
    await shop.forge.startWorkflow('deploy.yml', 'main', { run: '01J' }, calm());
    const started = shop.hosted.runs().filter((run) => run.event === 'workflow_dispatch');
    expect(started).toHaveLength(1);
    expect(started[0]).toMatchObject({ branch: 'main', sha: shop.hosted.tip('main'), inputs: { run: '01J' } });
  });

  it.each(['reply-lost', 'cut', 'refused', '502', '429'] as const)('is started once after %s', async (kind) => {
    const shop = await startShop({ repository });
    shop.github.faults.next({ kind, method: 'POST', path: /\/dispatches$/ });
    await shop.forge.startWorkflow('deploy.yml', 'main', {}, calm());
    expect(shop.hosted.runs().filter((run) => run.event === 'workflow_dispatch')).toHaveLength(1);
  });

  it('that is not there, or needs a permission, is refused with what to do', async () => {
    const shop = await startShop({ repository, token: { permissions: { ...PERMISSIONS, actions: 'read' } } });
    expect(await messageOf(shop.forge.startWorkflow('deploy.yml', 'main', {}, calm()))).toContain(
      '"Actions: read and write"',
    );
    expect(await messageOf(shop.forge.startWorkflow('none.yml', 'main', {}, calm()))).toContain('(404)');
  });

  it('is followed from its runs on a commit to their jobs, and its failed jobs run again once', async () => {
    const shop = await startShop({ repository });
    await shop.forge.startWorkflow('deploy.yml', 'main', {}, calm());
    const head = shop.hosted.tip('main') ?? '';
    const runs = await shop.forge.runsOf(head, calm());
    expect(runs.map(({ workflow, state, attempt }) => ({ workflow, state, attempt }))).toEqual([
      { workflow: 'deploy.yml', state: 'queued', attempt: 1 },
      { workflow: 'ci.yml', state: 'queued', attempt: 1 },
    ]);
    const [deploy] = runs;
    expect(deploy).toMatchObject({ head, page: expect.stringContaining('/acme/shop/') });
    const id = deploy?.id ?? 0;
    expect((await shop.forge.jobsOf(id, calm())).map(({ name, state }) => `${name} ${state}`)).toEqual([
      'build queued',
      'deploy queued',
    ]);
    shop.hosted.advance(id, 'in_progress');
    expect((await shop.forge.runsOf(head, calm()))[0]?.state).toBe('running');
    shop.hosted.advance(id, 'failure');
    expect((await shop.forge.runsOf(head, calm()))[0]?.state).toBe('failed');
    shop.github.faults.next({ kind: 'reply-lost', method: 'POST', path: /\/rerun-failed-jobs$/ });
    await shop.forge.runAgain(id, calm());
    expect((await shop.forge.runsOf(head, calm()))[0]).toMatchObject({ attempt: 2 });
    await shop.forge.runAgain(id, calm());
    expect((await shop.forge.runsOf(head, calm()))[0]).toMatchObject({ attempt: 2 });
  });

  it('has no runs on a commit that nothing ran on', async () => {
    const { forge } = await startShop({ repository });
    expect(await forge.runsOf('0'.repeat(40), calm())).toEqual([]);
  });
});
