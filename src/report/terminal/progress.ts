import { checkLines } from '../../core/checkStep.js';
import type { Progress, ProgressStep } from '../../core/ports.js';
import { spanOf } from '../time.js';
import { cut } from './layout.js';

/** Where progress goes. `live`: a terminal, whose last line can be rewritten. */
export interface ProgressScreen {
  readonly write: (text: string) => void;
  readonly live: boolean;
  /** True: every check that has ended leaves lines that stay. */
  readonly verbose?: boolean;
  readonly columns: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Progress on a screen: steps in; `tick` keeps the time going; `say` prints a line that stays; `end` clears up. */
export interface ProgressView {
  readonly step: Progress;
  readonly tick: () => void;
  readonly say: (line: string) => void;
  readonly end: () => void;
}

/** Milliseconds between two drawings of the live line: at most ten a second. */
const LEAST_PAUSE = 100;
/** Milliseconds after which a log that would stay silent hears from the same phase again. */
const HEARTBEAT = 30_000;
const CLEAR = '\r\x1b[K';

/** A step in words: `validate acme: test on 1a2b3c4, 2 of 4`. */
export function stepWords({ phase, sibling, doing, done, total }: ProgressStep): string {
  const counts = done === undefined ? '' : `, ${done}${total === undefined ? '' : ` of ${total}`}`;
  return `${phase}${sibling === null ? '' : ` ${sibling}`}: ${doing}${counts}`;
}

/** The live line, cut so that it never wraps; the time stands in front, where it is never cut. */
export function liveLine(step: ProgressStep, milliseconds: number, columns: number): string {
  return cut(`${wholeSpan(milliseconds).padStart(5)}  ${stepWords(step)}`, columns - 1);
}

/** Shows progress: one live line on a terminal, else a plain line whenever phase or sibling changes. */
export function createProgress(screen: ProgressScreen): ProgressView {
  const view = screen.live ? liveProgress(screen) : plainProgress(screen);
  const tell: Progress = (step) => {
    if (step.stays === true) return view.say(`! ${step.doing}`);
    view.step(step);
    const ended = screen.verbose === true && step.check !== undefined ? checkLines(step.check) : [];
    for (const line of ended) view.say(line);
  };
  return { ...view, step: tell };
}

function liveProgress({ write, columns, clock }: ProgressScreen): ProgressView {
  const start = clock();
  let last: ProgressStep | null = null;
  let drawn = Number.NEGATIVE_INFINITY;
  const draw = (): void => {
    if (last === null || clock() - drawn < LEAST_PAUSE) return;
    drawn = clock();
    write(CLEAR + liveLine(last, drawn - start, columns));
  };
  const clear = (): void => {
    if (drawn > Number.NEGATIVE_INFINITY) write(CLEAR);
    drawn = Number.NEGATIVE_INFINITY;
  };
  return {
    step: (step) => {
      last = step;
      draw();
    },
    tick: draw,
    say: (line) => {
      clear();
      write(`${cut(line, 2_000)}\n`);
    },
    end: () => {
      clear();
      last = null;
    },
  };
}

function plainProgress({ write, clock }: ProgressScreen): ProgressView {
  const start = clock();
  const told = new Set<string>();
  let spoke = start;
  const say = (line: string): void => {
    spoke = clock();
    write(`${cut(line, 2_000)}\n`);
  };
  return {
    step: (step) => {
      const key = `${step.phase} ${step.sibling}`;
      if (told.has(key) && clock() - spoke < HEARTBEAT) return;
      told.add(key);
      say(`[${wholeSpan(clock() - start).padStart(5)}] ${stepWords(step)}`);
    },
    tick: () => undefined,
    say,
    end: () => undefined,
  };
}

function wholeSpan(milliseconds: number): string {
  return milliseconds < 10_000 ? `${Math.floor(milliseconds / 1000)} s` : spanOf(milliseconds);
}
