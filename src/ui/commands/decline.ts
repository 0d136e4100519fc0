import * as vscode from 'vscode';
import type { IncomingRow } from '../../core/overview.js';
import { plainLabel } from '../plainLabel.js';
import { canDecline } from '../possible.js';
import { quantity } from '../quantity.js';
import type { Target } from '../state/target.js';
import { isTrusted } from './ask.js';
import { chooseCommit } from './chooseCommit.js';
import type { CommandParts } from './parts.js';
import { byTarget, type Given, selectedEnhancements } from './rows.js';
import { tellResult } from './tell.js';
import { dateProblem, dayAfter, reasonProblem, TERMS } from './untilDate.js';

type Parts = Pick<CommandParts, 'targets' | 'log' | 'token'>;

/** A no: why, and until when (YYYY-MM-DD); null stands for good. */
interface No {
  readonly because: string;
  readonly until: string | null;
}

const QUESTION = { title: 'Decline', suits: canDecline, none: 'Nothing is there that could be declined.' };

/** Until when a no holds; undefined when a person went away. */
async function askUntil(title: string): Promise<string | null | undefined> {
  const term = await vscode.window.showQuickPick(TERMS, { title, placeHolder: 'How long does the no hold?' });
  if (term === undefined) return undefined;
  if (term.months === null) return null;
  if (term.months !== 'typed') return dayAfter(term.months, new Date());
  const typed = await vscode.window.showInputBox({
    title,
    prompt: 'Until which day? YYYY-MM-DD',
    value: dayAfter(6, new Date()),
    validateInput: (text) => dateProblem(text, new Date()),
  });
  return typed?.trim();
}

async function askNo(rows: readonly IncomingRow[]): Promise<No | undefined> {
  const only = rows.length === 1 ? rows[0] : undefined;
  const title =
    only === undefined ? `Decline ${quantity(rows.length, 'commit')}` : `Decline "${plainLabel(only.subject, 60)}"`;
  const because = await vscode.window.showInputBox({
    title,
    prompt: 'Why? It is remembered, and shown to whoever asks later.',
    placeHolder: 'We do this another way',
    validateInput: reasonProblem,
  });
  if (because === undefined) return undefined;
  const until = await askUntil(title);
  return until === undefined ? undefined : { because: because.trim(), until };
}

async function declineIn(parts: Parts, target: Target, rows: readonly IncomingRow[], no: No): Promise<void> {
  await target.work('decline', async (engine) => {
    for (const { sha } of rows) {
      const { by } = await engine.decline(sha, no);
      parts.log.info(parts.token.redact(`${by} declined ${sha}${no.until === null ? '' : ` until ${no.until}`}`));
    }
  });
}

/** Decline: asks why and until when, and remembers it for the selected commits, or for one that a person picks. */
export async function decline(parts: Parts, clicked?: Given, selected?: Given): Promise<void> {
  if (!isTrusted()) return;
  const chosen = selectedEnhancements(clicked, selected);
  const picked = chosen.length > 0 ? undefined : await chooseCommit(parts, clicked, QUESTION);
  const rows = (picked === undefined ? chosen : [picked]).filter(({ row }) => canDecline(row));
  const no = rows.length === 0 ? undefined : await askNo(rows.map(({ row }) => row));
  if (no === undefined) return;
  for (const [id, some] of byTarget(rows)) {
    const target = parts.targets.get(id);
    if (target === undefined) continue;
    await declineIn(
      parts,
      target,
      some.map(({ row }) => row),
      no,
    );
  }
  const until = no.until === null ? 'for good' : `until ${no.until}`;
  tellResult('information', `Declined ${quantity(rows.length, 'commit')} ${until}.`, []);
}
