import { shortSha } from '../../core/commit.js';
import type { AuditReport, AuditRow } from '../../core/reports.js';
import { STANDINGS } from '../../core/standing.js';
import { counted } from '../standingWords.js';
import { cut, fill, hang } from './layout.js';
import type { Page } from './page.js';

type AuditedSibling = AuditReport['siblings'][number];

const ACCOUNTS: readonly string[] = ['ancestor', ...STANDINGS, 'unaccounted'];

/** What `audit` prints: how every commit of every sibling is accounted for, and what does not add up. */
export function auditLines({ siblings }: AuditReport, page: Page): readonly string[] {
  const problems = siblings.reduce((sum, sibling) => sum + sibling.problems.length, 0);
  const commits = siblings.reduce((sum, sibling) => sum + sibling.total, 0);
  const all = `${counted(commits, 'commit')} of ${counted(siblings.length, 'sibling')}`;
  const verdict =
    problems === 0
      ? page.paint.green(`✓ ${all}: every one is accounted for.`)
      : page.paint.red(`✗ ${all}: ${counted(problems, 'problem')}.`);
  return [...tableLines(siblings, page), ...siblings.flatMap((sibling) => detailLines(sibling, page)), '', verdict];
}

/** One row for each account and one column for each sibling; many siblings are continued in a further table. */
function tableLines(siblings: readonly AuditedSibling[], page: Page): readonly string[] {
  const across = Math.max(1, Math.floor((page.columns - 14) / 14));
  const parts = Array.from({ length: Math.ceil(siblings.length / across) }, (_, index) =>
    siblings.slice(index * across, (index + 1) * across),
  );
  return parts.flatMap((part, index) => [...(index === 0 ? [] : ['']), ...tableOf(part, page)]);
}

function tableOf(siblings: readonly AuditedSibling[], page: Page): readonly string[] {
  const row = (label: string, cells: readonly string[]): string =>
    (fill(label, 14) + cells.map((cell) => ` ${cut(cell, 13).padStart(13)}`).join('')).trimEnd();
  const used = accountsOf(siblings);
  return [
    page.paint.bold(
      row(
        '',
        siblings.map(({ name }) => name),
      ),
    ),
    page.paint.dim(
      row(
        'tip',
        siblings.map(({ tip }) => (tip === null ? 'never seen' : shortSha(tip))),
      ),
    ),
    ...used.map((account) =>
      row(
        account,
        siblings.map(({ counts }) => String(counts[account] ?? 0)),
      ),
    ),
    row(
      'commits',
      siblings.map(({ total }) => String(total)),
    ),
  ];
}

function accountsOf(siblings: readonly AuditedSibling[]): readonly string[] {
  const named = new Set(siblings.flatMap(({ counts }) => Object.keys(counts)));
  const others = [...named].filter((account) => !ACCOUNTS.includes(account)).sort();
  return [...ACCOUNTS, ...others].filter((account) => siblings.some(({ counts }) => (counts[account] ?? 0) > 0));
}

function detailLines(sibling: AuditedSibling, page: Page): readonly string[] {
  const problems = sibling.problems.flatMap((problem) => hang('✗ ', problem, page.columns, 2));
  const rows = page.verbose ? sibling.rows.flatMap((row) => rowLines(row, page)) : [];
  if (problems.length + rows.length === 0) return [];
  return ['', page.paint.bold(cut(sibling.name, 60)), ...problems.map((line) => page.paint.red(line)), ...rows];
}

function rowLines({ sha, subject, account, reason }: AuditRow, page: Page): readonly string[] {
  const line = `  ${fill(shortSha(sha), 10)}  ${fill(account, 11)}  ${cut(subject, page.columns - 27)}`;
  return [
    line.trimEnd(),
    ...(reason === '' ? [] : hang('', reason, page.columns, 14).map((text) => page.paint.dim(text))),
  ];
}
