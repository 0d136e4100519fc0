import { describe, expect, it } from 'vitest';
import type { BeatOutcome, Rhythm } from '../../src/core/rhythm.js';
import { startRhythm } from '../../src/schedule/rhythm.js';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const START = Date.UTC(2026, 0, 2, 12);

/** A world whose time passes only when it is told to, and a rhythm in it whose beats end when they are told to. */
class Scene {
  now = START;
  /** How far timers lag behind the clock: a machine that slept. */
  private slept = 0;
  private waiting: { at: number; work: () => void }[] = [];
  private ends: ((outcome: BeatOutcome) => void)[] = [];
  beats = 0;
  changes = 0;
  readonly rhythm: Rhythm;

  constructor() {
    this.rhythm = startRhythm(
      {
        beat: () => {
          this.beats += 1;
          return new Promise((resolve) => this.ends.push(resolve));
        },
        onChange: () => {
          this.changes += 1;
        },
      },
      {
        clock: () => this.now,
        random: () => 0,
        timer: (milliseconds, work) => {
          const one = { at: this.now - this.slept + milliseconds, work };
          this.waiting.push(one);
          return () => {
            this.waiting = this.waiting.filter((other) => other !== one);
          };
        },
      },
    );
  }

  sleepFor(milliseconds: number): void {
    this.now += milliseconds;
    this.slept += milliseconds;
  }

  pass(milliseconds: number): void {
    for (const end = this.now + milliseconds; this.now <= end; ) {
      const next = this.waiting.toSorted((one, other) => one.at - other.at)[0];
      if (next === undefined || next.at + this.slept > end) {
        this.now = end;
        return;
      }
      this.now = Math.max(this.now, next.at + this.slept);
      this.waiting = this.waiting.filter((one) => one !== next);
      next.work();
    }
  }

  async end(outcome: BeatOutcome = 'done'): Promise<void> {
    this.ends.shift()?.(outcome);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a rhythm', () => {
  it('rests until it is given a pace, then beats at once when nothing was ever done', () => {
    const scene = new Scene();
    scene.pass(HOUR);
    expect(scene.beats).toBe(0);
    scene.rhythm.keep({ every: HOUR, checkedAt: null });
    scene.pass(0);
    expect(scene.beats).toBe(1);
  });

  it('beats once an interval, and says when next', async () => {
    const scene = new Scene();
    scene.rhythm.keep({ every: HOUR, checkedAt: START });
    expect(scene.rhythm.state.nextAt).toBe(START + HOUR);
    scene.pass(HOUR - 1);
    expect(scene.beats).toBe(0);
    scene.pass(1);
    expect(scene.beats).toBe(1);
    expect(scene.rhythm.state.nextAt).toBeNull();
    await scene.end();
    expect(scene.rhythm.state.nextAt).toBe(START + 2 * HOUR);
    scene.pass(HOUR);
    expect(scene.beats).toBe(2);
  });

  it('never beats twice at once, however long one takes', async () => {
    const scene = new Scene();
    scene.rhythm.keep({ every: MINUTE, checkedAt: null });
    scene.pass(HOUR);
    scene.rhythm.nudge();
    scene.rhythm.keep({ every: SECOND, checkedAt: null });
    scene.pass(HOUR);
    expect(scene.beats).toBe(1);
    await scene.end();
    scene.pass(SECOND);
    expect(scene.beats).toBe(2);
  });

  it('beats soon after a nudge, once for many', async () => {
    const scene = new Scene();
    scene.rhythm.keep({ every: HOUR, checkedAt: START });
    for (let index = 0; index < 5; index += 1) {
      scene.rhythm.nudge();
      scene.pass(100);
    }
    expect(scene.beats).toBe(0);
    scene.pass(SECOND);
    expect(scene.beats).toBe(1);
    await scene.end();
    scene.pass(10 * MINUTE);
    expect(scene.beats).toBe(1);
  });

  it('looks again at what moved while it beat', async () => {
    const scene = new Scene();
    scene.rhythm.keep({ every: HOUR, checkedAt: null });
    scene.pass(0);
    scene.rhythm.nudge();
    await scene.end();
    scene.pass(SECOND);
    expect(scene.beats).toBe(2);
  });

  it('looks at what moved when the run of somebody else is over', async () => {
    const scene = new Scene();
    scene.rhythm.keep({ every: HOUR, checkedAt: START });
    scene.rhythm.nudge();
    scene.pass(SECOND);
    await scene.end('busy');
    // The other run ended, and may have looked before things moved.
    scene.rhythm.keep({ every: HOUR, checkedAt: scene.now + 1 });
    scene.pass(2 * MINUTE);
    expect(scene.beats).toBe(2);
  });

  it('waits longer after every failure, and tells how many there were', async () => {
    const scene = new Scene();
    scene.rhythm.keep({ every: HOUR, checkedAt: null });
    scene.pass(0);
    await scene.end('failed');
    expect(scene.rhythm.state).toEqual({ nextAt: scene.now + 5 * MINUTE, failures: 1, offline: false });
    scene.pass(5 * MINUTE);
    await scene.end('offline');
    expect(scene.rhythm.state).toEqual({ nextAt: scene.now + MINUTE, failures: 2, offline: true });
    scene.pass(MINUTE);
    await scene.end('done');
    expect(scene.rhythm.state).toEqual({ nextAt: scene.now + HOUR, failures: 0, offline: false });
  });

  it('takes a nudge although it waits after failures: a folder needs no network', async () => {
    const scene = new Scene();
    scene.rhythm.keep({ every: HOUR, checkedAt: null });
    scene.pass(0);
    await scene.end('offline');
    scene.rhythm.nudge();
    scene.pass(SECOND);
    expect(scene.beats).toBe(2);
  });

  it('beats once after the machine slept, however long it did', async () => {
    const scene = new Scene();
    scene.rhythm.keep({ every: HOUR, checkedAt: START });
    scene.pass(MINUTE);
    scene.sleepFor(10 * HOUR);
    scene.pass(20 * SECOND);
    expect(scene.beats).toBe(1);
    await scene.end();
    scene.pass(HOUR - SECOND);
    expect(scene.beats).toBe(1);
  });

  it('rests again when its pace is taken away, and forgets what nudged it', () => {
    const scene = new Scene();
    scene.rhythm.keep({ every: HOUR, checkedAt: START });
    scene.rhythm.nudge();
    scene.rhythm.keep(null);
    scene.pass(10 * HOUR);
    expect(scene.beats).toBe(0);
    expect(scene.rhythm.state.nextAt).toBeNull();
  });

  it('does not beat any more when it was stopped', () => {
    const scene = new Scene();
    scene.rhythm.keep({ every: HOUR, checkedAt: START });
    scene.rhythm.stop();
    scene.pass(10 * HOUR);
    expect(scene.beats).toBe(0);
  });

  it('does not begin again after it was stopped, whoever gives it a pace', () => {
    const scene = new Scene();
    scene.rhythm.stop();
    scene.rhythm.keep({ every: HOUR, checkedAt: null });
    scene.rhythm.nudge();
    scene.pass(10 * HOUR);
    expect(scene.beats).toBe(0);
  });
});
