import type { ProgressStep } from '../../core/ports.js';
import { plainLabel } from '../plainLabel.js';

const PHASES: Readonly<Record<ProgressStep['phase'], string>> = {
  fetch: 'Asking',
  filter: 'Filtering',
  integrate: 'Trying picks of',
  validate: 'Validating',
  decide: 'Deciding on',
  land: 'Landing',
  persist: 'Remembering',
};

/** A step of a run in a few words: phase, sibling, what is done, how far: `Validating acme: test (2 of 5)`. */
export function progressWords(step: ProgressStep | null): string {
  if (step === null) return 'Starting ...';
  const { phase, sibling, doing, done, total } = step;
  const count = done === undefined || total === undefined || total === 0 ? '' : ` (${done} of ${total})`;
  const about = sibling === null ? PHASES[phase].replace(/ (?:of|on)$/, '') : `${PHASES[phase]} ${sibling}`;
  return plainLabel(`${about}: ${doing}`, 120) + count;
}
