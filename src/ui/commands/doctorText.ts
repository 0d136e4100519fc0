import type { Finding } from '../../core/finding.js';
import type { DoctorReport } from '../../core/reports.js';
import { editorWords } from '../editorWords.js';
import { quantity } from '../quantity.js';
import { wrapText } from './wrapText.js';

const MARKS: Readonly<Record<Finding['state'], string>> = { good: 'ok    ', warning: 'look  ', bad: 'MEND  ' };

function findingText({ subject, state, what, mend }: Finding): readonly string[] {
  const way = mend === '' || state === 'good' ? [] : wrapText(editorWords(mend), '      ');
  return [...wrapText(`${subject}: ${editorWords(what)}`, MARKS[state]), ...way];
}

/** What the doctor found, as plain text: what has to be mended first. */
export function doctorText({ findings }: DoctorReport): string {
  const order: readonly Finding['state'][] = ['bad', 'warning', 'good'];
  const sorted = order.flatMap((state) => findings.filter((finding) => finding.state === state));
  return `${[doctorWords(findings), '', ...sorted.flatMap(findingText)].join('\n')}\n`;
}

/** What the doctor found, in a sentence. */
export function doctorWords(findings: readonly Finding[]): string {
  const bad = findings.filter(({ state }) => state === 'bad').length;
  const warnings = findings.filter(({ state }) => state === 'warning').length;
  if (bad > 0) return `${quantity(bad, 'thing')} to mend${warnings > 0 ? `, ${warnings} to look at` : ''}.`;
  return warnings > 0 ? `Nothing to mend, ${quantity(warnings, 'thing')} to look at.` : 'All is well.';
}
