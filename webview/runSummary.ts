import { RUN_OUTCOMES, type RunKpi } from '../src/core/kpi.js';
import { counted, countText } from './words.js';

/** How all runs ended, in a sentence. */
export function runSummary({ total, outcomes, killed }: RunKpi): string {
  const parts = RUN_OUTCOMES.filter((outcome) => outcomes[outcome] > 0).map(
    (outcome) => `${countText(outcomes[outcome])} ${outcome}`,
  );
  const ended = total === 0 ? 'No run ended yet.' : `${counted(total, 'run')}: ${parts.join(', ')}.`;
  return killed === 0 ? ended : `${ended} ${counted(killed, 'run')} did not come to an end.`;
}
