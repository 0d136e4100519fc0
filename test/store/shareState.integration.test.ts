import { expect, it } from 'vitest';
import { contentOfSibling } from '../../src/store/sharedState.js';
import { adoptShared } from '../../src/store/shareState.js';
import { openSession } from '../../src/store/store.js';
import * as sample from './sampleFacts.js';
import { makeFolder } from './storeHarness.js';

it('a shared state replaces no row of another sibling that goes by the same name', async () => {
  const root = await makeFolder();
  const session = await openSession({ root, clock: () => sample.NOON });
  const [landing, pullRequest] = [
    sample.makeLanding(1, { sibling: 'globex', phase: 'done' }),
    sample.makePullRequest(1, { sibling: 'globex', branch: 'autosync/globex/auto' }),
  ];
  await session.record([
    { kind: 'landing', landing },
    { kind: 'pull-request', pullRequest },
  ]);
  const rows = { siblings: [], commits: [], runs: [], decisions: [], resolutions: [], chains: [], checks: [] };
  const shared = {
    ...rows,
    landings: [{ ...landing, sibling: 'acme', phase: 'undone' as const }],
    pullRequests: [
      { ...pullRequest, sibling: 'acme', state: 'closed' as const },
      sample.makePullRequest(2, { sibling: 'acme' }),
    ],
  };
  await adoptShared(root, session, contentOfSibling(shared, 'acme'));
  expect(session.landings()).toEqual([landing]);
  expect(session.pullRequests()).toEqual([sample.makePullRequest(2, { sibling: 'acme' }), pullRequest]);
  await session.close();
});
