import type { Sha } from '../core/commit.js';
import type { Config, SiblingConfig } from '../core/config.js';
import type { PullRequestState } from '../core/facts.js';
import type { Ports } from '../core/ports.js';
import { openState } from './held.js';
import { landedAs } from './landedAs.js';
import { offerLane } from './lane.js';
import { revertCommit } from './revertCommit.js';
import { alarming, type Visit } from './visit.js';

/** What offering to take a merge back needs. */
export interface TakeBackRequest {
  readonly run: string;
  readonly config: Config;
  readonly signal: AbortSignal;
}

type Tools = Pick<Ports, 'forge' | 'git' | 'store' | 'clock' | 'progress'>;

const PAUSED = 'Auto-merge is paused until a person has looked.';

/** What a merge led to, and what came of offering to take it back, in words. */
export async function alarmOf(
  tools: Tools,
  visit: Visit,
  request: TakeBackRequest,
  { head, state }: { readonly head: Sha; readonly state: PullRequestState },
): Promise<string> {
  await holdBack(tools, visit, request.signal);
  const { found = '', expected = '' } = state.alarm ?? {};
  const trees = `another tree (${found.slice(0, 10)}) than was validated (${expected.slice(0, 10)})`;
  return `Pull request #${state.number} led to ${trees}. ${await offerRevert(tools, visit, request, head, state)}`;
}

/** What the forge was asked to merge later does not wait for a person who looks: it is taken back. */
async function holdBack({ store }: Tools, visit: Visit, signal: AbortSignal): Promise<void> {
  for (const state of store.pullRequests()) {
    const now = visit.open.get(state.branch);
    if (now?.mergesItself !== true || state.merging !== true) continue;
    await visit.forge.mergeNoLonger(now, signal);
    visit.open.set(state.branch, { ...now, mergesItself: false });
    const { merging: _asked, ...calm } = state;
    await store.record([{ kind: 'pull-request', pullRequest: calm }]);
  }
}

/** Offers to take back every merge that raised an alarm and has no open pull request for that: a run may have been cut off. */
export async function answerAlarms(tools: Tools, visit: Visit, request: TakeBackRequest): Promise<readonly string[]> {
  const said: string[] = [];
  if (alarming(tools.store).length > 0) await holdBack(tools, visit, request.signal);
  for (const state of alarming(tools.store)) {
    if (openState(tools, visit, state.sibling, 'revert') !== undefined) continue;
    said.push(await alarmOf(tools, visit, request, { head: tools.git.target.head, state }));
  }
  return said;
}

const siblingOf = ({ siblings }: Config, name: string): SiblingConfig =>
  siblings.find((one) => one.name === name) ?? { name };

async function offerRevert(
  tools: Tools,
  visit: Visit,
  { run, config, signal }: TakeBackRequest,
  head: Sha,
  { sibling, picks, number }: PullRequestState,
): Promise<string> {
  const lines = (await landedAs(tools, head, picks, signal)).map((sha) => `This reverts commit ${sha}.`);
  const why = 'It led to another tree than was validated.';
  const message = [`Revert pull request #${number}`, '', why, '', ...lines, '', `AutoSync-Run: ${run}`, ''].join('\n');
  const newest = picks.map(({ pick }) => pick).reverse();
  const made = await revertCommit(tools, head, newest, message, signal);
  const outcome = await offerLane(tools, visit, {
    ...{ run, config, sibling: siblingOf(config, sibling), lane: 'revert', base: head, picks, rows: [], checks: [] },
    ...{ builtOn: null, signal, ...made },
  });
  if (outcome.kind === 'kept') return `It was not offered to take it back: ${outcome.why}. ${PAUSED}`;
  const what = made.draft ? 'waits for somebody to take it back by hand' : 'takes it back';
  return `Pull request #${outcome.pullRequest.number} ${what}. ${PAUSED}`;
}
