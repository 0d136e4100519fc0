import { cancellable } from '../cancellable.js';
import { chooseCommit } from './chooseCommit.js';
import { explainText } from './explainText.js';
import type { CommandParts } from './parts.js';
import type { Given } from './rows.js';
import type { TextDocuments } from './textDocuments.js';

const QUESTION = {
  title: 'Explain',
  suits: () => true,
  none: 'No commit of a sibling is known yet. "AutoSync: Scan" looks for them.',
};

/** Explain: opens all that is known of a commit as a text. */
export async function explain(
  parts: Pick<CommandParts, 'targets'>,
  texts: TextDocuments,
  given?: Given,
): Promise<void> {
  const chosen = await chooseCommit(parts, given, QUESTION);
  const target = chosen === undefined ? undefined : parts.targets.get(chosen.target);
  if (chosen === undefined || target === undefined) return;
  const { sha } = chosen.row;
  const explanation = await cancellable(`Explaining ${sha.slice(0, 7)} ...`, (signal) =>
    target.engine.explain(sha, signal),
  );
  await texts.open(`Explain ${sha.slice(0, 7)}`, explainText(explanation));
}
