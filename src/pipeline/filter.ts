import { type Commit, isMerge, isoDate, type Sha, SYMLINK_MODE } from '../core/commit.js';
import type { Config } from '../core/config.js';
import { parseConventional } from '../core/conventional.js';
import { parseDuration } from '../core/duration.js';
import type { GitPort } from '../core/gitPort.js';
import { isOpen, type Judged, settle } from '../core/judged.js';
import { type FileOrigins, judgeFiles } from '../core/judgeFiles.js';
import { compilePathRules, isDenied, type PathRules } from '../core/pathRules.js';

/** What git was asked about all commits of a sibling, for the path rules. */
export interface FilterFacts {
  readonly smuggled: ReadonlySet<Sha>;
  readonly links: ReadonlyMap<Sha, string>;
  readonly sources: ReadonlyMap<Sha, ReadonlyMap<string, string>>;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Rules and repositories the facts are gathered for. */
interface Gather {
  readonly rules: PathRules;
  readonly trees: readonly Sha[];
  readonly signal: AbortSignal;
}

/** Commits in which a denied file may have moved: something denied is touched, and something is added. */
function mayCarry(commit: Commit, rules: PathRules): boolean {
  const denied = commit.changes.some((file) => isDenied(rules, file.path));
  return denied && commit.changes.some((file) => file.status === 'A');
}

/** Asks git for what the path rules must know beyond the paths: blobs at denied places, links, renames. */
export async function gatherFilterFacts(
  git: Pick<GitPort, 'blobsAt' | 'readTexts' | 'sources'>,
  commits: readonly Commit[],
  gather: Gather,
): Promise<FilterFacts> {
  const { rules, trees, signal } = gather;
  const denied = (path: string): boolean => isDenied(rules, path);
  const changes = commits.flatMap((commit) => commit.changes);
  const linkBlobs = changes.filter((file) => file.newMode === SYMLINK_MODE).map((file) => file.newBlob);
  const touched = changes.filter((file) => denied(file.path)).flatMap((file) => [file.oldBlob, file.newBlob]);
  const [standing, links, sources] = await Promise.all([
    git.blobsAt(trees, denied, signal),
    git.readTexts(linkBlobs, signal),
    git.sources(
      commits.filter((commit) => mayCarry(commit, rules)).map((commit) => commit.sha),
      signal,
    ),
  ]);
  return { smuggled: new Set([...standing, ...touched].filter((blob) => !/^0+$/.test(blob))), links, sources };
}

function firstLook(commit: Commit, rules: PathRules, facts: FilterFacts): Judged {
  const said = parseConventional(commit.message);
  const origins: FileOrigins = {
    sources: facts.sources.get(commit.sha) ?? NOTHING,
    smuggled: facts.smuggled,
    links: facts.links,
  };
  const { kept, dropped } = judgeFiles(commit.changes, rules, origins);
  return {
    commit,
    type: said.type,
    scope: said.scope,
    breaking: said.breaking,
    reverts: said.reverts,
    kept,
    dropped,
    forecast: null,
    settled: null,
    risk: null,
    vetoes: [],
    verdict: null,
    landed: null,
  };
}

const byRule = (judged: Judged, reason: string, rule: string): Judged =>
  settle(judged, 'filtered', reason, { kind: 'rule', rule, files: judged.dropped });

/** The type rule; a revert is exempt here, because it may take back what the target has. */
function byType(judged: Judged, types: readonly string[]): Judged {
  if (types.includes('*') || judged.reverts !== null) return judged;
  if (judged.type === null)
    return byRule(judged, 'It is no conventional commit, so its type is unknown.', 'type: not a conventional commit');
  if (types.includes(judged.type)) return judged;
  return byRule(judged, `Its type "${judged.type}" is not among ${types.join(', ')}.`, `type: ${judged.type}`);
}

function byPath(judged: Judged): Judged {
  if (judged.dropped.length === 0) return judged;
  const rules = [...new Set(judged.dropped.map((file) => file.rule))];
  if (judged.kept.length === 0)
    return byRule(judged, `Every file was dropped by a rule (${rules.slice(0, 3).join('; ')}).`, rules[0] ?? 'path');
  if (!judged.commit.readablePaths)
    return byRule(
      judged,
      'A rule drops some of its files and a path is not UTF-8, so it cannot be split with certainty.',
      'path: not UTF-8',
    );
  return judged;
}

const byShape = (judged: Judged): Judged =>
  isMerge(judged.commit) ? byRule(judged, 'It is a merge; its members are judged one by one.', 'merge commit') : judged;

/** Applies rules in order until one settles the commit. */
const through = (judged: Judged, rules: readonly ((judged: Judged) => Judged)[]): Judged =>
  rules.reduce((current, rule) => (isOpen(current) ? rule(current) : current), judged);

/** Judges each commit by type and path rules, without trying it: the first and cheapest sieve. */
export function filterCommits(
  commits: readonly Commit[],
  filter: Config['filter'],
  facts: FilterFacts,
  rules: PathRules,
): readonly Judged[] {
  return commits.map((commit) =>
    through(firstLook(commit, rules, facts), [byShape, (judged) => byType(judged, filter.types), byPath]),
  );
}

/** The path rules of a configuration. */
export function rulesOf(filter: Config['filter']): PathRules {
  return compilePathRules(filter);
}

/** ISO 8601 until when a commit soaks; null when it is old enough. `now` in milliseconds. */
export function soaksUntil(commit: Commit, minAge: string, now: number): string | null {
  const until = commit.committer.seconds * 1000 + parseDuration(minAge);
  return until > now ? isoDate(until / 1000) : null;
}
