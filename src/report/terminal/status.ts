import { stageName } from '../../core/chain.js';
import { shortSha } from '../../core/commit.js';
import type { ChainState, LandingState, RunState, StageState, StoreHealth } from '../../core/facts.js';
import type { SiblingStatus, StatusReport } from '../../core/reports.js';
import { STANDINGS } from '../../core/standing.js';
import { byStanding, counted, summaryOf } from '../standingWords.js';
import { momentOf, sinceOf, spanOf } from '../time.js';
import { commandLines } from './commands.js';
import { cut, hang, wrap } from './layout.js';
import type { Page } from './page.js';
import { standingRows } from './rows.js';

const MOST_LANDINGS = 5;
const OUTCOMES: Readonly<Record<RunState['outcome'], string>> = {
  running: 'not ended',
  done: 'done',
  partly: 'done, but a sibling failed',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** What `status` prints: the target, the last and next run, each sibling with what waits, landings, health. */
export function statusLines(status: StatusReport, page: Page): readonly string[] {
  const { target } = status;
  return [
    page.paint.bold(cut(`${target.branch} at ${shortSha(target.head)}`, 80)),
    ...hang('', target.root, page.columns, 2),
    ...lastRunLines(status.lastRun, page),
    ...nextRunLines(status.nextRun, page),
    ...status.siblings.flatMap((sibling) => ['', ...siblingLines(sibling, page)]),
    ...landingLines(status.landings, page),
    ...chainLines(status.chains, page),
    '',
    ...healthLines(status.health, page),
    ...adviceLines(status, page),
  ];
}

function lastRunLines(run: RunState | null, page: Page): readonly string[] {
  if (run === null) return ['  Nothing ran yet: `autosync scan` looks, `autosync sync` does the whole run.'];
  const span = run.endedAt === null ? '' : `, took ${spanOf(Date.parse(run.endedAt) - Date.parse(run.startedAt))}`;
  const dry = run.dryRun ? ' (dry run)' : '';
  const when = `${sinceOf(run.startedAt, page.now)}${span}`;
  return hang('Last run: ', `${run.command}${dry}, ${OUTCOMES[run.outcome]}, ${when}, run ${run.run}`, page.columns, 2);
}

function nextRunLines(next: string | null, page: Page): readonly string[] {
  if (next === null) return [];
  const due = Date.parse(next) <= page.now ? 'due now' : sinceOf(next, page.now);
  return hang('Next run: ', `${due} (${momentOf(next)}), where a schedule runs it`, page.columns, 2);
}

function siblingLines(sibling: SiblingStatus, page: Page): readonly string[] {
  const { paint } = page;
  const name = cut(sibling.name, 40);
  const seen = sibling.seenAt === null ? 'never seen' : `seen ${sinceOf(sibling.seenAt, page.now)}`;
  const at = [sibling.branch ?? 'its HEAD', sibling.address, seen].join(', ');
  const [first = '', ...rest] = hang(`${name}  `, at, page.columns);
  return [
    paint.bold(first.slice(0, name.length)) + first.slice(name.length),
    ...rest,
    ...(sibling.seenAt === null ? [] : wrap(summaryOf(sibling.counts), page.columns, 2)),
    ...(sibling.error === null ? [] : hang('✗ ', sibling.error, page.columns, 2).map((line) => paint.red(line))),
    ...sibling.notes.flatMap((note) => hang('note: ', note, page.columns, 2)),
    ...STANDINGS.flatMap((standing) => {
      const own = sibling.waiting.filter((commit) => commit.standing === standing);
      return standingRows(standing, own, page);
    }),
  ];
}

function landingLines(landings: readonly LandingState[], page: Page): readonly string[] {
  if (landings.length === 0) return [];
  const runs = [...new Set(landings.map(({ run }) => run))];
  const shown = page.verbose ? runs : runs.slice(0, MOST_LANDINGS);
  const rows = shown.map((run) => {
    const own = landings.filter((landing) => landing.run === run);
    const what = own.map(({ picks, sibling, how }) => `${counted(picks.length, 'pick')} from ${sibling} by ${how}`);
    return [`autosync undo ${run}`, `takes back ${what.join(', ')}, ${sinceOf(own[0]?.at ?? '', page.now)}`] as const;
  });
  const more = runs.length - shown.length;
  const rest = more === 0 ? [] : [page.paint.dim(`  … and ${more} earlier; --verbose shows all`)];
  return ['', page.paint.bold('Landed, and what takes it back'), ...commandLines(rows, page), ...rest];
}

const SIGNS: Readonly<Record<StageState['state'], string>> = {
  running: '…',
  passed: '✓',
  failed: '✗',
  cancelled: '·',
  skipped: '·',
};

/** What the target's CI made of what landed, a line for each run of AutoSync. */
function chainLines(chains: readonly ChainState[], page: Page): readonly string[] {
  if (chains.length === 0) return [];
  const rows = chains.flatMap(({ run, stages, outcome, state }) => {
    const seen = stages.map((one) => `${SIGNS[one.state]} ${stageName(one.stage)}`).join(', ');
    const lines = hang(`run ${run}  `, [outcome, seen].filter(Boolean).join(' '), page.columns, 2);
    return state === 'failed' ? lines.map((line) => page.paint.red(line)) : lines;
  });
  return ['', page.paint.bold('CI after it landed'), ...rows];
}

function healthLines({ source, notes, generation }: StoreHealth, page: Page): readonly string[] {
  const sound = source === 'new' || source === 'database' || source === 'journal';
  const words = sound ? `✓ State is sound (generation ${generation}).` : `! State was rebuilt from the ${source}.`;
  const painted = sound ? page.paint.green(words) : page.paint.yellow(words);
  return [painted, ...notes.flatMap((note) => hang('note: ', note, page.columns, 2))];
}

function adviceLines({ siblings }: StatusReport, page: Page): readonly string[] {
  const waiting = byStanding(siblings.flatMap((sibling) => sibling.waiting));
  const [first] = waiting;
  if (first === undefined) return [];
  const what = waiting.length === 1 ? 'says why it waits' : `says why the first of ${waiting.length} waits`;
  return ['Next:', ...commandLines([[`autosync explain ${shortSha(first.sha)}`, what]], page)];
}
