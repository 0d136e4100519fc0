import { shortSha } from '../../core/commit.js';
import type { LandingState } from '../../core/facts.js';
import type { IncomingRow, LandingPlace } from '../../core/overview.js';
import { forgeName } from '../landingPlace.js';
import { momentText } from '../moment.js';
import { plainLabel } from '../plainLabel.js';
import { listing, quantity } from '../quantity.js';
import type { Policy } from './policy.js';

/** What a person is asked before something lands: one sentence, the details, and the word that says yes. */
export interface Question {
  readonly text: string;
  readonly detail: string;
  readonly yes: string;
}

/** True where a question would say what does not come: nothing lands before somebody signs in, and the run says that. */
export const landsNothing = (lands: LandingPlace | undefined): boolean => lands?.kind === 'signed-out';

/** Commits that a question lists by name. */
const MOST_LISTED = 8;

const UNTOUCHED = 'Your uncommitted files are not touched.';

/** Of what lands on a forge nothing comes here by itself. */
const PULL = 'Your files stay as they are until you pull.';

const siblingsOf = (rows: readonly { readonly sibling: string }[]): string =>
  plainLabel(listing([...new Set(rows.map(({ sibling }) => sibling))]));

const checksWords = (checks: number | null): string =>
  checks === null || checks === 0 ? "the target's own checks" : quantity(checks, 'check');

function listed(rows: readonly IncomingRow[]): readonly string[] {
  const lines = rows.slice(0, MOST_LISTED).map(({ sha, subject }) => `${shortSha(sha)} ${plainLabel(subject, 80)}`);
  return rows.length > MOST_LISTED ? [...lines, `and ${rows.length - MOST_LISTED} more`] : lines;
}

/** How commits that were picked and proved get into a branch. */
function mergingWords(name: string, lands: LandingPlace | undefined): string {
  const forge = forgeName(lands);
  return forge === null
    ? `merged into ${name} by fast-forward. ${UNTOUCHED}`
    : `brought to ${forge} by a pull request, which is merged at once when the branch's rules agree, and else waits there. ${PULL}`;
}

/** What applying does, before it does it. */
export function applyQuestion(
  rows: readonly IncomingRow[],
  branch: string,
  policy: Policy,
  lands?: LandingPlace,
): Question {
  const what = `${quantity(rows.length, 'commit')} of ${siblingsOf(rows)}`;
  const them = rows.length === 1 ? 'It is' : 'They are';
  const name = plainLabel(branch);
  const dropped = rows.reduce((sum, row) => sum + row.dropped, 0);
  const outside =
    dropped === 0 ? [] : [`${quantity(dropped, 'file')} ${dropped === 1 ? 'stays' : 'stay'} out by a rule.`];
  return {
    text: `Apply ${what}?`,
    detail: [
      `${them} picked onto ${name}, validated with ${checksWords(policy.checks)}, and ${mergingWords(name, lands)}`,
      ...outside,
      '',
      ...listed(rows),
    ].join('\n'),
    yes: 'Apply',
  };
}

const ONCE = 'You are asked once for this repository.';

function syncDetail(name: string, { autoMerge, maxRisk }: Policy, lands: LandingPlace | undefined): string {
  const forge = forgeName(lands);
  const safe = `what is proved safe (risk at most ${maxRisk}, no new failure, no veto)`;
  const offers = forge === null ? 'on branches autosync/<sibling> for you to review' : `in pull requests on ${forge}`;
  const untouched = forge === null ? UNTOUCHED : PULL;
  if (!autoMerge)
    return `AutoSync validates what fits and offers it ${offers}; nothing is merged into ${name}, because "land.autoMerge" is off. ${untouched} ${ONCE}`;
  const rest = forge === null ? offers : 'in further ones';
  const merges =
    forge === null
      ? `merges ${safe} into ${name}`
      : `opens a pull request on ${forge} with ${safe}, merges it into ${name} when the branch's rules agree`;
  return `AutoSync validates what fits, ${merges}, and offers the rest ${rest}. ${untouched} A run can be undone. ${ONCE}`;
}

/** What a whole run may land, by the target's policy. */
export function syncQuestion(
  siblings: readonly string[],
  branch: string,
  policy: Policy,
  lands?: LandingPlace,
): Question {
  const name = plainLabel(branch);
  const from = siblings.length === 0 ? 'the siblings' : plainLabel(listing(siblings));
  return {
    text: `Sync ${name} with ${from}?`,
    detail: syncDetail(name, policy, lands),
    yes: 'Sync',
  };
}

/** A run that can be taken back. */
export interface UndoableRun {
  readonly run: string;
  readonly at: string;
  readonly siblings: readonly string[];
  readonly picks: readonly LandingState['picks'][number][];
}

/** The runs that landed something in the target's branch, newest first. */
export function undoableRuns(landings: readonly LandingState[]): readonly UndoableRun[] {
  const landed = landings.filter(({ phase, how }) => phase === 'done' && (how === 'auto-merge' || how === 'apply'));
  const runs = [...new Set(landed.map(({ run }) => run))];
  return runs
    .map((run) => {
      const of = landed.filter((landing) => landing.run === run);
      const at = of.map((landing) => landing.at).reduce((last, one) => (one > last ? one : last), '');
      return {
        run,
        at,
        siblings: [...new Set(of.map(({ sibling }) => sibling))],
        picks: of.flatMap(({ picks }) => picks),
      };
    })
    .sort((one, other) => other.at.localeCompare(one.at));
}

/** What taking a run back does, before it does it. */
export function undoQuestion(
  run: UndoableRun,
  branch: string,
  subjects: ReadonlyMap<string, string>,
  lands?: LandingPlace,
): Question {
  const name = plainLabel(branch);
  const forge = forgeName(lands);
  const by =
    forge === null ? '' : `, by a pull request on ${forge} that is merged at once when the branch's rules agree`;
  const lines = run.picks.map(({ origin }) =>
    `${shortSha(origin)} ${plainLabel(subjects.get(origin) ?? '', 80)}`.trim(),
  );
  const shown =
    lines.length > MOST_LISTED ? [...lines.slice(0, MOST_LISTED), `and ${lines.length - MOST_LISTED} more`] : lines;
  const them = run.picks.length === 1 ? 'It counts' : 'They count';
  return {
    text: `Undo the run of ${momentText(run.at)}?`,
    detail: [
      `One new commit on ${name} takes back ${quantity(run.picks.length, 'commit')} of ${plainLabel(listing(run.siblings))}; what came later stays${by}. ${them} as declined from then on. ${forge === null ? UNTOUCHED : PULL}`,
      '',
      ...shown,
    ].join('\n'),
    yes: 'Undo',
  };
}
