import { isProblem } from '../core/errors.js';
import { PANEL_COLUMNS, type PanelColumn, type PanelSibling, type PanelState, type ToPanel } from '../core/protocol.js';
import type { SiblingStatus, StatusReport } from '../core/reports.js';
import { sanitize } from '../core/sanitize.js';
import type { Standing } from '../core/standing.js';
import { momentText } from './moment.js';
import type { Reading } from './stateFeed.js';

/** UTF-16 units of a problem's message that are shown. */
const LONGEST_MESSAGE = 2000;

/** What the status bar shows. */
export interface BarText {
  readonly text: string;
  readonly tooltip: string;
  readonly isProblem: boolean;
}

type Counts = SiblingStatus['counts'];

const sumOf = (counts: Counts, standings: readonly Standing[]): number =>
  standings.reduce((sum, standing) => sum + (counts[standing] ?? 0), 0);

const totalOf = (status: StatusReport, standing: Standing): number =>
  status.siblings.reduce((sum, sibling) => sum + (sibling.counts[standing] ?? 0), 0);

/** How many commits wait for a person. */
export function waitingCount(status: StatusReport): number {
  return totalOf(status, 'review') + totalOf(status, 'conflict');
}

/** The status bar's text and tooltip, both plain; null when the workspace is not set up and nothing is to be shown. */
export function barText(reading: Reading): BarText | null {
  if (reading.kind === 'read') return { ...statusBarText(reading.status), isProblem: false };
  if (isProblem(reading.error, 'no-config')) return null;
  return { text: '$(error) AutoSync', tooltip: messageOf(reading.error), isProblem: true };
}

function statusBarText(status: StatusReport): { readonly text: string; readonly tooltip: string } {
  const waiting = waitingCount(status);
  const failing = status.siblings.filter((sibling) => sibling.error !== null).length;
  const icon = failing > 0 ? '$(warning)' : waiting > 0 ? '$(git-pull-request)' : '$(check)';
  const lines = status.siblings.map(
    (sibling) =>
      `${sanitize(sibling.name)}: ${sibling.error === null ? countsText(sibling.counts) : sanitize(sibling.error)}`,
  );
  return {
    text: `${icon} AutoSync: ${wordsOf(status)}`,
    tooltip: [`AutoSync, target ${sanitize(status.target.branch)}`, ...lines].join('\n'),
  };
}

function wordsOf(status: StatusReport): string {
  const waiting = waitingCount(status);
  if (waiting > 0) return `${waiting} incoming`;
  if (status.siblings.length === 0) return 'no siblings';
  return status.lastRun === null ? 'never run' : 'in step';
}

function countsText(counts: Counts): string {
  const parts = Object.entries(counts).map(([standing, count]) => `${count} ${standing}`);
  return parts.length === 0 ? 'nothing incoming' : parts.join(', ');
}

/** What the panel is told of a reading. Moments are shown in `timeZone`, by default the reader's own. */
export function panelMessage(reading: Reading, timeZone?: string): ToPanel {
  if (reading.kind === 'read') return { kind: 'state', state: panelState(reading.status, timeZone) };
  const message = messageOf(reading.error);
  return isProblem(reading.error, 'no-config')
    ? { kind: 'problem', tone: 'hint', title: 'AutoSync is not set up here', message }
    : { kind: 'problem', tone: 'error', title: 'AutoSync cannot read its state', message };
}

function panelState(status: StatusReport, timeZone?: string): PanelState {
  const failures = status.siblings.flatMap(({ error }) => (error === null ? [] : [error]));
  return {
    target: `${sanitize(status.target.branch)} at ${status.target.head.slice(0, 10)}`,
    summary: summaryText(status),
    lastRun: lastRunText(status.lastRun, timeZone),
    warnings: [...failures, ...status.health.notes].map((text) => sanitize(text)),
    siblings: status.siblings.map((sibling) => panelSibling(sibling, timeZone)),
  };
}

function panelSibling({ name, seenAt, counts }: SiblingStatus, timeZone?: string): PanelSibling {
  const sums = PANEL_COLUMNS.map(({ column, standings }) => [column, sumOf(counts, standings)] as const);
  return {
    name: sanitize(name),
    seen: seenAt === null ? 'never' : momentText(seenAt, timeZone),
    counts: Object.fromEntries(sums) as Record<PanelColumn, number>,
  };
}

function summaryText(status: StatusReport): string {
  const waiting = waitingCount(status);
  if (status.siblings.length === 0)
    return 'The configuration names no sibling yet. Run `autosync init` in a terminal to find them.';
  if (waiting === 0) return 'Nothing waits for you.';
  const parts = (['review', 'conflict'] as const)
    .map((standing) => [standing, totalOf(status, standing)] as const)
    .filter(([, count]) => count > 0)
    .map(([standing, count]) => (standing === 'review' ? `${count} to review` : `${count} in conflict`));
  return `${waiting === 1 ? '1 commit waits' : `${waiting} commits wait`} for you: ${parts.join(', ')}.`;
}

function lastRunText(run: StatusReport['lastRun'], timeZone?: string): string {
  if (run === null) return 'No run yet. Run `autosync sync` in a terminal.';
  const name = run.dryRun ? `${run.command} (dry run)` : run.command;
  if (run.endedAt === null) return `Last run: ${name}, started ${momentText(run.startedAt, timeZone)}, not ended.`;
  return `Last run: ${name}, ${run.outcome}, ${momentText(run.endedAt, timeZone)}.`;
}

const messageOf = (error: unknown): string =>
  sanitize(error instanceof Error ? error.message : String(error), LONGEST_MESSAGE);
