import type { RunReport } from '../../core/enhancement.js';
import { COMMANDS } from '../contributions.js';
import type { Target } from '../state/target.js';
import type { CommandParts } from './parts.js';
import { type Mending, type RunTold, runLines } from './runWords.js';
import { type Button, SHOW_INCOMING, SHOW_LOG, tellResult } from './tell.js';

const SYNC_NOW: Button = { title: 'Sync Now', command: COMMANDS.sync };

/** What mends a run that was held, or a sibling that could not be read; no more than one way, so that a notification stays short. */
const MENDING: Readonly<Record<Mending, Button>> = {
  token: { title: 'Set Source Token...', command: COMMANDS.setSourceToken },
  signIn: { title: 'Sign In to GitHub...', command: COMMANDS.signIn },
  configuration: { title: 'Open Configuration', command: COMMANDS.openConfig },
};

/** Writes what a run came to into the log. */
export function logRun({ log, token }: Pick<CommandParts, 'log' | 'token'>, report: RunReport): void {
  for (const line of runLines(report)) log.info(token.redact(line));
}

/** Tells what a run came to: in the log, and in one notification. What landed can be taken back from there. */
export function tellRun(
  parts: Pick<CommandParts, 'log' | 'token' | 'daily'>,
  target: Target,
  report: RunReport,
  { kind, text, landed, toValidate, mending }: RunTold,
): void {
  logRun(parts, report);
  parts.daily.noted(report.notes);
  const undo: Button = {
    title: 'Undo...',
    command: COMMANDS.undo,
    given: { target: target.state.id, run: report.run },
  };
  tellResult(kind, parts.token.redact(text), [
    ...(mending === null ? [] : [MENDING[mending]]),
    SHOW_INCOMING,
    ...(toValidate ? [SYNC_NOW] : []),
    ...(landed ? [undo] : []),
    SHOW_LOG,
  ]);
}
