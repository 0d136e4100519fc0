import { isTrusted } from './ask.js';
import { chooseTarget } from './chooseTarget.js';
import { doctorText } from './doctorText.js';
import type { CommandParts } from './parts.js';
import type { Given } from './rows.js';
import type { TextDocuments } from './textDocuments.js';
import { working } from './working.js';

/** Run Doctor: looks at everything a run depends on, and opens what it found and how to mend it. */
export async function doctor(
  parts: Pick<CommandParts, 'targets' | 'token'>,
  texts: TextDocuments,
  given?: Given,
): Promise<void> {
  if (!isTrusted()) return;
  const target = await chooseTarget(parts, given, { title: 'Run Doctor' });
  if (target === undefined) return;
  const report = await working(target, {
    kind: 'doctor',
    title: 'AutoSync looks whether all is well',
    run: (engine, signal) => engine.doctor(signal),
  });
  await texts.open('AutoSync Doctor', parts.token.redact(doctorText(report)));
}
