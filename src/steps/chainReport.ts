import { chainReport } from '../core/chainReport.js';
import type { Config } from '../core/config.js';
import type { ChainState } from '../core/facts.js';
import { INTEGRATION_PREFIX } from '../core/integrationBranch.js';
import { readTrailers } from '../core/message.js';
import type { Ports } from '../core/ports.js';
import { landingsOf } from './chainRevert.js';
import type { Visit } from './visit.js';

/** The one branch that brings reports. */
const BRANCH = `${INTEGRATION_PREFIX}chain/report`;

type Tools = Pick<Ports, 'git' | 'store'>;

/** What offering a report needs. */
export interface ReportRequest {
  readonly run: string;
  readonly config: Config;
  readonly chain: ChainState;
  readonly signal: AbortSignal;
}

function textOf(tools: Tools, chain: ChainState): string {
  const subjects = new Map(
    tools.store.commits().map(({ sibling, commit }) => [`${sibling} ${commit.sha}`, commit.subject]),
  );
  const subjectOf = (sibling: string, sha: string): string | null => subjects.get(`${sibling} ${sha}`) ?? null;
  return chainReport({ chain, landings: landingsOf(tools, chain), subjectOf });
}

/**
 * Offers the report of a chain for the file that the policy names, by a pull request: whatever guards the branch keeps
 * guarding it. The branch is moved only from where AutoSync put it. Returns its number; null when a person works on it.
 */
export async function offerReport(tools: Tools, visit: Visit, request: ReportRequest): Promise<number | null> {
  const { config, chain, run, signal } = request;
  const { git } = tools;
  const { head, lanes } = await git.askUpstream(signal);
  const before = lanes.get(BRANCH) ?? null;
  if (before !== null && readTrailers(await git.messageOf(before)).run === null) return null;
  const file = { path: config.chain.reportFile ?? '', text: textOf(tools, chain) };
  const subject = `docs: how run ${chain.run} was deployed`;
  const after = await git.fileCommit(head, file, `${subject}\n\nAutoSync-Run: ${run}\n`, signal);
  await git.push({ branch: BRANCH, before, after }, signal);
  const wanted = {
    ...{ branch: BRANCH, base: git.target.branch, title: 'AutoSync: report of the last deployment', draft: false },
    body: `How what AutoSync run \`${chain.run}\` landed went through CI, for \`${file.path}\`.\n`,
    ...{ labels: ['auto-sync'], assignees: [], reviewers: [] },
  };
  const open = visit.open.get(BRANCH);
  const now =
    open === undefined
      ? await visit.forge.openPullRequest(wanted, signal)
      : await visit.forge.updatePullRequest(open, wanted, signal);
  return now.number;
}
