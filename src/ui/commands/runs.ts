import type { RunReport } from '../../core/enhancement.js';
import type { ProblemCode } from '../../core/errors.js';
import { COMMANDS } from '../contributions.js';
import type { Target } from '../state/target.js';
import type { CommandParts } from './parts.js';
import { type RunTold, runLines } from './runWords.js';
import { type Button, SHOW_INCOMING, SHOW_LOG, tellResult } from './tell.js';

const SYNC_NOW: Button = { title: 'Sync Now', command: COMMANDS.sync };

/** What mends a sibling that could not be read; no more than one way, so that a notification stays short. */
function mending(problems: readonly ProblemCode[]): readonly Button[] {
  if (problems.includes('sibling-refused')) return [{ title: 'Set Source Token...', command: COMMANDS.setSourceToken }];
  const byConfig = problems.includes('sibling-no-branch') || problems.includes('sibling-unreachable');
  return byConfig ? [{ title: 'Open Configuration', command: COMMANDS.openConfig }] : [];
}

/** Writes what a run came to into the log. */
export function logRun({ log, token }: Pick<CommandParts, 'log' | 'token'>, report: RunReport): void {
  for (const line of runLines(report)) log.info(token.redact(line));
}

/** Tells what a run came to: in the log, and in one notification. What landed can be taken back from there. */
export function tellRun(
  parts: Pick<CommandParts, 'log' | 'token'>,
  target: Target,
  report: RunReport,
  { kind, text, landed, toValidate, problems }: RunTold,
): void {
  logRun(parts, report);
  const undo: Button = {
    title: 'Undo...',
    command: COMMANDS.undo,
    given: { target: target.state.id, run: report.run },
  };
  tellResult(kind, parts.token.redact(text), [
    ...mending(problems),
    SHOW_INCOMING,
    ...(toValidate ? [SYNC_NOW] : []),
    ...(landed ? [undo] : []),
    SHOW_LOG,
  ]);
}
