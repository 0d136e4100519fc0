import type { Commit, FileChange, Sha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import { decide as decideOne } from '../core/decision.js';
import type { Verdict } from '../core/enhancement.js';
import type { AddedFile } from '../core/gitPort.js';
import type { Judged } from '../core/judged.js';
import { isPrismaPath, migrationsAfter, prismaVetoes } from '../core/prisma.js';
import { type Risk, scoreRisk } from '../core/risk.js';
import { sanitize } from '../core/sanitize.js';
import { vetoesOf } from '../core/vetoes.js';

/** What is known of a pick when it is decided on. */
export interface DecideFacts {
  readonly judged: Judged;
  readonly content: readonly AddedFile[];
  /** Earlier picks it needs that wait for a person, as short text. */
  readonly missing: readonly string[];
  /** The run that landed it before, when the target has lost it since; null when none did. */
  readonly lostFrom: string | null;
}

/** What holds for every pick of a run. */
export interface DecideSetting {
  readonly decide: Config['decide'];
  readonly autoMerge: boolean;
  readonly redBaseline: readonly string[];
  /** Test checks that ran no test. */
  readonly hollow: readonly string[];
  /** Checks that ran to their end on the chain the picks are in. */
  readonly ran: readonly string[];
  /** What failed there in one run and passed in another. */
  readonly flaky: readonly string[];
  /** Files that the checks changed while they ran. */
  readonly changed: readonly string[];
  /** Path -> blob of the migrations that the target has already. */
  readonly migrations: ReadonlyMap<string, Sha>;
}

/** Verdict, risk and vetoes of one pick. */
export interface Decided {
  readonly sha: Sha;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly risk: Risk;
  readonly vetoes: readonly string[];
}

const keptChanges = (judged: Judged): readonly FileChange[] => {
  const kept = new Set(judged.kept);
  return judged.commit.changes.filter((file) => kept.has(file.path));
};

const isLfs = (file: AddedFile): boolean =>
  file.lines.some(({ text }) => text.startsWith('version https://git-lfs.github.com/spec/'));

const riskOf = (changes: readonly FileChange[]): Risk =>
  scoreRisk({
    filesChanged: changes.length,
    newTypeErrors: 0,
    newTestFailures: 0,
    touchesPrisma: changes.some((file) => isPrismaPath(file.path)),
  });

const flakyVeto = (name: string): string =>
  `A flaky test: ${sanitize(name, 100)}. It failed and passed on the same tree, so that it proves nothing.`;

function vetoesFor({ judged, content, missing, lostFrom }: DecideFacts, setting: DecideSetting): readonly string[] {
  const kept = content.filter((file) => judged.kept.includes(file.path));
  const vetoes = vetoesOf({
    changes: keptChanges(judged),
    dropped: judged.dropped.map((file) => file.path),
    breaking: judged.breaking,
    resolved: judged.resolved ?? null,
    soaking: null,
    protect: setting.decide.protect,
    binary: kept.filter((file) => file.binary).map((file) => file.path),
    lfs: kept.filter(isLfs).map((file) => file.path),
    tooBig: kept.filter((file) => file.tooBig).map((file) => file.path),
    secrets: [],
    redBaseline: setting.redBaseline,
    missing,
    checksRun: setting.ran.length,
    readablePaths: judged.commit.readablePaths,
  });
  const changed =
    setting.changed.length === 0
      ? []
      : [`The checks changed ${setting.changed.slice(0, 3).join(', ')}, so what passed is not what would land.`];
  const hollow =
    setting.hollow.length === 0
      ? []
      : [`${setting.hollow.join(', ')} passes without running a single test, so it proves nothing.`];
  const lost = lostFrom === null ? [] : [`Run ${lostFrom} landed it, and the target has lost it since.`];
  const prisma = prismaVetoes(keptChanges(judged), setting.migrations);
  return [...vetoes, ...prisma, ...lost, ...changed, ...hollow, ...setting.flaky.map(flakyVeto)];
}

/** The vetoes of each pick; the migrations of a pick are there already for the picks after it. */
function vetoesOfEach(picks: readonly DecideFacts[], setting: DecideSetting): ReadonlyMap<Sha, readonly string[]> {
  const found = new Map<Sha, readonly string[]>();
  let { migrations } = setting;
  for (const pick of picks) {
    found.set(pick.judged.commit.sha, vetoesFor(pick, { ...setting, migrations }));
    migrations = migrationsAfter(keptChanges(pick.judged), migrations);
  }
  return found;
}

function decided(sha: Sha, risk: Risk, vetoes: readonly string[], setting: DecideSetting): Decided {
  const { verdict, reason } = decideOne({
    risk,
    newTypeErrors: 0,
    newTestFailures: 0,
    newOtherFailures: 0,
    vetoes,
    maxRisk: setting.decide.maxRisk,
    autoMerge: setting.autoMerge,
  });
  return { sha, verdict, reason, risk, vetoes };
}

/**
 * Decides on picks whose chain breaks nothing: each by itself, or all of them as one (the original rule, `by: batch`).
 * What broke something was rejected by validation before.
 */
export function decidePicks(picks: readonly DecideFacts[], setting: DecideSetting): readonly Decided[] {
  const vetoes = vetoesOfEach(picks, setting);
  const own = (commit: Commit): readonly string[] => vetoes.get(commit.sha) ?? [];
  if (setting.decide.by === 'enhancement') {
    return picks.map(({ judged }) =>
      decided(judged.commit.sha, riskOf(keptChanges(judged)), own(judged.commit), setting),
    );
  }
  const files = new Map(picks.flatMap(({ judged }) => keptChanges(judged).map((file) => [file.path, file] as const)));
  const all = [...new Set([...vetoes.values()].flat())];
  return picks.map(({ judged }) => decided(judged.commit.sha, riskOf([...files.values()]), all, setting));
}
