import { forgeName } from '../landingPlace.js';
import type { PollingMode, TargetState } from '../state/model.js';

/** One answer to the question what is to happen by itself. */
export interface ModeChoice {
  readonly mode: PollingMode;
  readonly label: string;
  readonly detail: string;
  readonly description?: string;
}

/** The answers to the question what is to happen by itself; the one that counts now says so. */
export function modeChoices({ overview, polling }: Pick<TargetState, 'overview' | 'polling'>): readonly ModeChoice[] {
  const forge = forgeName(overview?.lands);
  const running =
    forge === null
      ? 'Check what fits, land what is proved safe, offer the rest for review.'
      : `Check what fits, open pull requests on ${forge}, merge what is proved safe when the branch's rules agree.`;
  const choices: readonly ModeChoice[] = [
    { mode: 'scan', label: 'Only Look', detail: 'Say what would fit. Nothing is checked or landed.' },
    { mode: 'sync', label: 'Let It Run', detail: running },
    { mode: 'off', label: 'Nothing', detail: 'You start every run.' },
  ];
  return choices.map((one) => (one.mode === polling.mode ? { ...one, description: 'now' } : one));
}
