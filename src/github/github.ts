import type { ForgePort, ForgeRepository } from '../core/forgePort.js';
import type { Clock } from '../core/ports.js';
import { loginOf, tokenKind } from './account.js';
import type { AnswersPort } from './answers.js';
import { answersInMemory } from './answers.js';
import { openClient } from './client.js';
import { comment } from './comments.js';
import { gates } from './gates.js';
import { merge, mergeLater, mergeNoLonger } from './merge.js';
import { mayOpen } from './opening.js';
import type { Patience } from './patience.js';
import { PATIENCE } from './patience.js';
import { lastEditors, membersOf } from './people.js';
import type { TokenFacts } from './preflight.js';
import { preflight } from './preflight.js';
import { closePullRequest, openPullRequest, updatePullRequest } from './pullRequests.js';
import { mayPush } from './pushing.js';
import { openPullRequests, pullRequest } from './readPullRequests.js';
import { approvedAt } from './reviews.js';
import { jobsOf, runAgain, runsOf, startWorkflow } from './workflows.js';

/** What a forge at GitHub is opened with. */
export interface GitHubOptions {
  readonly repository: ForgeRepository;
  /** The target's token. It goes to `repository.api` and nowhere else. */
  readonly token: string;
  /** How AutoSync names itself, for example `autosync/0.1.0`; GitHub refuses the nameless. */
  readonly userAgent: string;
  readonly clock?: Clock;
  /** Told when a limit is waited for, and what GitHub deprecates; never told a secret. */
  readonly log?: (line: string) => void;
  readonly patience?: Partial<Patience>;
  /** Where answers are kept that need not be sent again; in memory unless given. */
  readonly answers?: AnswersPort;
}

/** GitHub as the forge of the target (github.com, or GitHub Enterprise Server at another address). Sends nothing yet. */
export function openGitHub(options: GitHubOptions): ForgePort {
  const { repository, token, userAgent, log = () => {}, clock = Date.now, answers = answersInMemory() } = options;
  const patience = { ...PATIENCE, ...options.patience };
  const client = openClient({ repository, token, userAgent, patience, answers, log });
  const kind = tokenKind(token);
  const facts: TokenFacts = {
    kind,
    clock,
    mayPush: (signal) => mayPush(repository, token, patience.request, signal),
  };
  return {
    repository,
    preflight: (needs, signal) => preflight(client, facts, needs, signal),
    mayOpen: (base, signal) => mayOpen(client, base, signal),
    openPullRequests: (base, prefix, signal) => openPullRequests(client, base, prefix, signal),
    pullRequest: (number, signal) => pullRequest(client, number, signal),
    openPullRequest: (wanted, signal) => openPullRequest(client, wanted, signal),
    updatePullRequest: (now, wanted, signal) => updatePullRequest(client, now, wanted, signal),
    comment: (number, text, signal) => comment(client, (at) => loginOf(client, kind, at), number, text, signal),
    closePullRequest: (number, body, signal) => closePullRequest(client, number, body, signal),
    approvedBy: (number, head, signal) => approvedAt(client, number, head, signal),
    gates: (now, method, signal) => gates(client, now, method, signal),
    merge: (now, head, method, signal) => merge(client, now, head, method, signal),
    mergeLater: (now, head, method, signal) => mergeLater(client, now, head, method, signal),
    mergeNoLonger: (now, signal) => mergeNoLonger(client, now, signal),
    membersOf: (logins, signal) => membersOf(client, logins, signal),
    lastEditors: (base, paths, signal) => lastEditors(client, base, paths, signal),
    startWorkflow: (workflow, branch, inputs, signal) => startWorkflow(client, workflow, branch, inputs, signal),
    runsOf: (head, signal) => runsOf(client, head, signal),
    jobsOf: (run, signal) => jobsOf(client, run, signal),
    runAgain: (run, signal) => runAgain(client, run, signal),
  };
}
