import type { Overview, SiblingOverview } from '../../core/overview.js';
import { COMMANDS, VIEWS } from '../contributions.js';
import { editorWords } from '../editorWords.js';
import { landsSentence, wantedForge } from '../landingPlace.js';
import { plainMarkdown } from '../plainMarkdown.js';
import { hasSiblings, type PollingState, type TargetState, type WindowState } from '../state/model.js';
import { clockText } from './clock.js';

/** Every command that the tooltip can run: all of them ours, none takes an argument. */
export const TOOLTIP_COMMANDS = [
  COMMANDS.sync,
  COMMANDS.scan,
  COMMANDS.cancel,
  COMMANDS.resumePolling,
  COMMANDS.openConfig,
  COMMANDS.signIn,
  COMMANDS.menu,
  `${VIEWS.incoming}.focus`,
] as const;

type TooltipCommand = (typeof TOOLTIP_COMMANDS)[number];

/** Siblings that are listed; a tooltip is no list of hundreds. */
const MOST_SIBLINGS = 12;

/** UTF-16 units of an error that are shown. */
const LONGEST_ERROR = 300;

const link = (command: TooltipCommand, title: string): string => `[${title}](command:${command})`;

const COUNTED = [
  ['review', 'for review', 'for review'],
  ['conflict', 'in conflict', 'in conflict'],
  ['candidate', 'fits', 'fit'],
  ['waiting', 'waits', 'wait'],
  ['rejected', 'rejected', 'rejected'],
] as const;

function siblingLine({ name, error, counts, seenAt }: SiblingOverview): string {
  const title = `**${plainMarkdown(name, 60)}**`;
  if (error !== null) return `$(warning) ${title}: ${plainMarkdown(editorWords(error), LONGEST_ERROR)}`;
  const found = COUNTED.flatMap(([standing, one, many]) => {
    const count = counts[standing] ?? 0;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  if (found.length > 0) return `$(repo-pull) ${title}: ${found.join(', ')}`;
  return seenAt === null ? `$(circle-outline) ${title}: not looked at yet` : `$(check) ${title}: in step`;
}

function siblingLines({ siblings }: Overview): readonly string[] {
  const lines = siblings.slice(0, MOST_SIBLINGS).map(siblingLine);
  const left = siblings.length - lines.length;
  return left === 0 ? lines : [...lines, `and ${left} more`];
}

const MODES = {
  off: 'Nothing happens by itself.',
  scan: 'It only looks by itself.',
  sync: 'It lands by itself what is proved safe.',
} as const;

function pollingWords(polling: PollingState, now: number): string {
  if (polling.mode === 'off') return MODES.off;
  if (polling.paused) return 'Polling is paused.';
  if (polling.follows) return 'Another window looks by itself; this one follows.';
  const next = polling.nextAt === null ? '' : `Next at ${clockText(polling.nextAt, now)}. `;
  return `${polling.offline ? 'No network. ' : ''}${next}${MODES[polling.mode]}`;
}

function lastWords({ checkedAt }: Overview, now: number): string {
  return checkedAt === null ? 'Not looked yet.' : `Checked at ${clockText(Date.parse(checkedAt), now)}.`;
}

function targetLines(target: TargetState, window: WindowState, now: number): readonly string[] {
  const { overview, trouble, polling, activity } = target;
  const title = window.targets.length > 1 ? [`**${plainMarkdown(target.name, 60)}**`] : [];
  if (trouble?.code === 'no-config') return [...title, 'No siblings yet.'];
  // Beside others that are; alone it has no status at all.
  if (trouble?.code === 'no-repository') return [...title, 'No git repository.'];
  if (trouble !== null) return [...title, `$(error) ${plainMarkdown(editorWords(trouble.message))}`];
  if (overview === null) return [...title, 'Reading what it remembers ...'];
  const step = activity?.step ?? null;
  const doing = step === null ? [] : [`$(sync) ${plainMarkdown(step.doing, 100)} ${plainMarkdown(step.sibling ?? '')}`];
  const trust = window.trusted
    ? pollingWords(polling, now)
    : 'Restricted Mode: nothing runs until you trust the folder.';
  const notes = overview.health.notes.map((note) => `$(warning) ${plainMarkdown(note)}`);
  // In Restricted Mode nothing lands anywhere.
  const lands = window.trusted ? [plainMarkdown(landsSentence(overview))] : [];
  return [...title, ...doing, ...notes, ...siblingLines(overview), ...lands, `${lastWords(overview, now)} ${trust}`];
}

function links({ targets, trusted }: WindowState): readonly string[] {
  const isRunning = targets.some(({ activity }) => activity !== null);
  const isSetUp = targets.some(hasSiblings);
  const isPaused = targets.some(({ polling }) => polling.paused && polling.mode !== 'off');
  const isBroken = targets.some(({ trouble }) => trouble?.code === 'config');
  const lacksToken = targets.some((one) => hasSiblings(one) && wantedForge(one.overview?.lands) !== null);
  const canRun = isSetUp && trusted && !isRunning;
  return [
    ...(isRunning ? [link(COMMANDS.cancel, 'Cancel Run')] : []),
    ...(canRun ? [link(COMMANDS.sync, 'Sync Now'), link(COMMANDS.scan, 'Scan')] : []),
    ...(isPaused && isSetUp ? [link(COMMANDS.resumePolling, 'Resume Polling')] : []),
    ...(lacksToken && trusted ? [link(COMMANDS.signIn, 'Sign In to GitHub')] : []),
    ...(isBroken ? [link(COMMANDS.openConfig, 'Open Configuration')] : []),
    ...(isSetUp ? [link(`${VIEWS.incoming}.focus`, 'Show Incoming')] : []),
    link(COMMANDS.menu, 'More ...'),
  ];
}

/**
 * The tooltip as Markdown with icons: a line for every sibling, when it was and will be looked at, and links to commands
 * of ours. Whatever comes from others goes through `plainMarkdown`, so that nothing of it can become a link.
 */
export function tooltipOf(window: WindowState, now: number): string {
  const blocks = window.targets.map((target) => targetLines(target, window, now).join('  \n'));
  return [...blocks, links(window).join(' | ')].join('\n\n');
}
