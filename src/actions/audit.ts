import type { Config, SiblingConfig } from '../core/config.js';
import { incomingCommit, isOpen } from '../core/judged.js';
import type { Ports } from '../core/ports.js';
import type { AuditReport, AuditRow } from '../core/reports.js';
import { asCandidate, settleConflicts } from '../pipeline/integrate.js';
import { lookAt } from '../steps/look.js';
import { asRemembered } from '../steps/scanned.js';

type SiblingAudit = AuditReport['siblings'][number];

/** Judges every commit of a sibling afresh from git; only that a pick was validated is taken from the store. */
async function freshRows(
  ports: Ports,
  config: Config,
  sibling: SiblingConfig,
  tip: string,
  signal: AbortSignal,
): Promise<readonly AuditRow[]> {
  const { head } = ports.git.target;
  const look = await lookAt(ports, { sibling, head, tip, config, signal });
  const remembered = look.judged.map(asRemembered(ports, sibling.name));
  const settled = await settleConflicts(ports.git, { head, tip, signal }, remembered, look.conflicts);
  return settled.map((judged) => {
    const row = incomingCommit(isOpen(judged) ? asCandidate(judged, judged.commit.tree, []) : judged);
    return { sha: row.sha, subject: row.subject, account: row.standing, reason: row.reason };
  });
}

/** Where the store's word and git's word cannot both be true. */
function disagreements(ports: Ports, sibling: string, rows: readonly AuditRow[]): readonly string[] {
  const stored = new Map(ports.store.commits(sibling).map(({ commit }) => [commit.sha, commit]));
  const fromGit = new Map(rows.map((row) => [row.sha, row]));
  const lost = rows.filter(
    (row) => stored.get(row.sha)?.standing === 'landed' && row.account !== 'landed' && row.account !== 'declined',
  );
  const unknown = rows.filter((row) => !stored.has(row.sha));
  const gone = [...stored.values()].filter((commit) => !fromGit.has(commit.sha));
  return [
    ...lost.map(
      (row) => `${row.sha.slice(0, 10)} ${row.subject}: remembered as landed, but no commit of the target carries it.`,
    ),
    ...(unknown.length === 0
      ? []
      : [
          `${unknown.length} commit${unknown.length === 1 ? '' : 's'} came after the last scan; run \`autosync scan\`.`,
        ]),
    ...(gone.length === 0
      ? []
      : [
          `Of what is remembered, ${gone.length} commit${gone.length === 1 ? ' is' : 's are'} no longer part of the sibling, or now part of the target's own history.`,
        ]),
  ];
}

async function auditSibling(
  ports: Ports,
  config: Config,
  sibling: SiblingConfig,
  signal: AbortSignal,
): Promise<SiblingAudit> {
  const fetched = await ports.git.lastFetched(sibling);
  if (fetched === null)
    return {
      name: sibling.name,
      tip: null,
      total: 0,
      counts: {},
      problems: ['It was never fetched; run `autosync scan`.'],
      rows: [],
    };
  const rows = await freshRows(ports, config, sibling, fetched.tip, signal);
  const total = await ports.git.countCommits(fetched.tip, signal);
  const counts = new Map<string, number>([['ancestor', total - rows.length]]);
  for (const row of rows) counts.set(row.account, (counts.get(row.account) ?? 0) + 1);
  return {
    name: sibling.name,
    tip: fetched.tip,
    total,
    counts: Object.fromEntries(counts),
    problems: disagreements(ports, sibling.name, rows),
    rows,
  };
}

/** Accounts for every commit of every sibling from git, and says where what is remembered disagrees. Asks no network. */
export async function auditSiblings(
  ports: Ports,
  config: Config,
  siblings: readonly SiblingConfig[],
  signal: AbortSignal,
): Promise<AuditReport> {
  const audits: SiblingAudit[] = [];
  for (const sibling of siblings) audits.push(await auditSibling(ports, config, sibling, signal));
  return { siblings: audits };
}
