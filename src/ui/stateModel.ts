import type { PanelState } from '../core/protocol.js';
import type { StatusReport } from '../core/reports.js';
import { sanitize } from '../core/sanitize.js';
import type { Standing } from '../core/standing.js';

const WAITS: readonly Standing[] = ['review', 'conflict'];

/** How many commits wait for a person. */
export function waitingCount(status: StatusReport): number {
  return status.siblings.reduce(
    (sum, sibling) => sum + WAITS.reduce((count, standing) => count + (sibling.counts[standing] ?? 0), 0),
    0,
  );
}

/** The status bar's text and tooltip, both plain. */
export function statusBarText(status: StatusReport): { readonly text: string; readonly tooltip: string } {
  const waiting = waitingCount(status);
  const failing = status.siblings.filter((sibling) => sibling.error !== null).length;
  const icon = failing > 0 ? '$(warning)' : waiting > 0 ? '$(git-pull-request)' : '$(check)';
  const words = waiting > 0 ? `${waiting} incoming` : status.lastRun === null ? 'never run' : 'in step';
  const lines = status.siblings.map(
    (sibling) =>
      `${sanitize(sibling.name)}: ${sibling.error === null ? countsText(sibling.counts) : sanitize(sibling.error)}`,
  );
  return {
    text: `${icon} AutoSync: ${words}`,
    tooltip: [`AutoSync, target ${sanitize(status.target.branch)}`, ...lines].join('\n'),
  };
}

function countsText(counts: Readonly<Partial<Record<Standing, number>>>): string {
  const parts = Object.entries(counts).map(([standing, count]) => `${count} ${standing}`);
  return parts.length === 0 ? 'nothing incoming' : parts.join(', ');
}

/** What the panel shows of a status. */
export function panelState(status: StatusReport): PanelState {
  const run = status.lastRun;
  return {
    target: `${sanitize(status.target.branch)} at ${status.target.head.slice(0, 10)}`,
    lastRun:
      run === null
        ? 'No run yet. Run `autosync sync` in a terminal.'
        : `${run.command} ${run.outcome}, ${run.endedAt ?? run.startedAt}`,
    siblings: status.siblings.map(({ name, seenAt, error, counts }) => ({
      name: sanitize(name),
      seen: seenAt ?? 'never',
      error: error === null ? null : sanitize(error),
      counts,
    })),
  };
}
