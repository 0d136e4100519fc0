import { freshPath, type Ground, spread } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { median, timeOf } from '../stopwatch.js';
import { forecastOn, pickAndReset } from './forecast.js';

/** Candidates of each tree, so that what is read once is spread over as many. */
const CANDIDATES = 200;

/** Goal 5: what a candidate costs must not grow with the tree as a real pick does. */
export async function flatGoal(
  small: Ground,
  large: Ground,
  rounds: number,
  sampled: number,
): Promise<readonly Measured[]> {
  const each = (ground: Ground) =>
    timeOf(() => forecastOn(ground, ground.head, ground.candidates.slice(0, CANDIDATES), freshPath('memory')));
  const taken: { small: number; large: number }[] = [];
  for (let round = 0; round < rounds; round += 1) taken.push({ small: await each(small), large: await each(large) });
  const picked = async (ground: Ground): Promise<number> =>
    (await pickAndReset(ground, spread(ground.candidates, sampled))).milliseconds / sampled;
  const real = { small: await picked(small), large: await picked(large) };
  const per = (part: 'small' | 'large'): string => (median(taken.map((one) => one[part])) / CANDIDATES).toFixed(2);
  return [
    {
      goal: '5',
      what: 'forecast of a candidate, 20k files / 1k files',
      value: median(taken.map((one) => one.large / one.small)),
      unit: 'x',
      want: GOAL.atMost(2),
      note: `${per('large')} ms : ${per('small')} ms`,
      wrong: null,
    },
    {
      goal: '5',
      what: 'the same by pick + reset',
      value: real.large / real.small,
      unit: 'x',
      want: null,
      note: `${real.large.toFixed(0)} ms : ${real.small.toFixed(0)} ms`,
      wrong: null,
    },
  ];
}
