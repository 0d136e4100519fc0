import { deserialize, serialize } from 'node:v8';
import type { IncomingRow, Overview } from '../../../src/core/overview.js';
import { STANDINGS } from '../../../src/core/standing.js';
import { arrange } from '../../../src/ui/tree/arrange.js';
import { type Choices, DEFAULT_CHOICES, type Limits, NO_LIMITS } from '../../../src/ui/tree/choices.js';
import { Elements } from '../../../src/ui/tree/elements.js';
import { viewMessage, waitingBadge } from '../../../src/ui/tree/viewText.js';
import { NOW, sampleOverview, sampleRow, sampleTarget, sampleWindow } from '../../ui/tree/samples.js';
import { GOAL, type Measured } from '../measured.js';
import { median, timeOf } from '../stopwatch.js';

const ROWS = 10_000;

/** Milliseconds that nothing may hold the editor's extensions up for (issue: the editor). */
const LONGEST = 50;

const TYPES = ['feat', 'fix', 'perf', 'refactor', 'docs', null];

const rowOf = (index: number): IncomingRow =>
  sampleRow(index, {
    sibling: `sibling-${index % 3}`,
    type: TYPES[index % TYPES.length] ?? null,
    standing: STANDINGS[index % STANDINGS.length] ?? 'review',
    risk: index % 7 === 0 ? null : (index * 31) % 40,
    date: new Date(NOW - ((index * 7919) % ROWS) * 60_000).toISOString(),
  });

const ALL: Choices = { ...DEFAULT_CHOICES, settledHidden: false };

/** A view on ten thousand rows, as the editor has it when its first page is open. */
class OpenView {
  private readonly elements = new Elements();
  private overview: Overview;

  constructor(overview: Overview) {
    this.overview = overview;
  }

  get count(): number {
    return this.elements.count;
  }

  /** Takes the state over as it comes from the engine's thread. */
  receive(carried: Buffer): void {
    this.overview = deserialize(carried) as Overview;
  }

  /** Lists, and draws the first page of every section. */
  list(choices: Choices, limits: Limits = NO_LIMITS): void {
    const window = sampleWindow([sampleTarget(this.overview)]);
    this.elements.update(arrange({ window, choices, limits }));
    for (const { id } of this.elements.children(null)) this.elements.children(id);
    viewMessage({ window, now: NOW, listing: { shown: this.count, limit: null } });
    waitingBadge(window);
  }
}

/** Everything that holds the host up at once while a person works with the view. */
const stepsOf = (view: OpenView, carried: Buffer): readonly (readonly [string, () => void])[] => [
  ['receive', () => view.receive(carried)],
  ['list', () => view.list(ALL)],
  ['group', () => view.list({ ...ALL, groupBy: 'verdict' })],
  ['sort', () => view.list({ ...ALL, groupBy: 'verdict', sortBy: 'date' })],
  ['filter', () => view.list(ALL, { target: null, filter: { text: 'change 77 writer' } })],
  ['unfilter', () => view.list(ALL)],
];

/** Goal 12: how long ten thousand incoming commits hold the extension host up at a time. */
export async function listGoal(rounds: number): Promise<readonly Measured[]> {
  const overview = sampleOverview(Array.from({ length: ROWS }, (_unused, index) => rowOf(index)));
  const view = new OpenView(overview);
  const steps = stepsOf(view, serialize(overview));
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++)
    for (const [name, step] of steps) times.set(name, [...(times.get(name) ?? []), await timeOf(step)]);
  const middles = [...times].map(([name, all]) => `${name} ${median(all).toFixed(1)} ms`);
  return [
    {
      goal: '12',
      what: `longest step of the view on ${ROWS} rows`,
      value: Math.max(...[...times.values()].flat()),
      unit: 'ms',
      want: GOAL.atMost(LONGEST),
      note: middles.join(', '),
      wrong: view.count === ROWS ? null : `${view.count} rows are listed`,
    },
  ];
}
