import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { EditorEngine } from '../../../src/core/engine.js';
import { AutoSyncError, isProblem } from '../../../src/core/errors.js';
import { Target } from '../../../src/ui/state/target.js';

/** Something that ends when it is told to. */
class Gate {
  open: () => void = () => undefined;
  readonly passed = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}

/** A target whose engine answers when it is told to, and notes how often it was started and stopped. */
class Scene {
  readonly readings: Gate[] = [];
  stops = 0;
  readonly target: Target;

  constructor() {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    ok(folder, 'no folder is open');
    const engine = {
      overview: async () => {
        const gate = new Gate();
        this.readings.push(gate);
        await gate.passed;
        throw new AutoSyncError({ code: 'cancelled' });
      },
    } as unknown as EditorEngine;
    const stop = async (): Promise<void> => {
      this.stops += 1;
    };
    this.target = new Target(folder, () => ({ engine, stop }));
  }

  /** Ends every reading of the state, also those that begin meanwhile. */
  async read(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    for (const gate of this.readings) gate.open();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

describe('an open folder', () => {
  it('does one thing at a time, until what came of it is read', async () => {
    const scene = new Scene();
    const { target } = scene;
    const first = target.work('scan', async () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 0));
    equal(scene.readings.length, 1);
    equal(target.state.activity?.kind, 'scan');
    await rejects(
      target.work('apply', async () => undefined),
      (error: unknown) => isProblem(error, 'locked'),
    );
    scene.readings[0]?.open();
    await first;
    equal(target.state.activity, null);
    target.dispose();
  });

  it('lets work end before its engine is started anew', async () => {
    const scene = new Scene();
    const gate = new Gate();
    const work = scene.target.work('apply', () => gate.passed);
    await scene.target.restart();
    equal(scene.stops, 0);
    gate.open();
    await scene.read();
    await work;
    equal(scene.stops, 1);
    await scene.target.restart();
    equal(scene.stops, 2);
    scene.target.dispose();
  });

  it('asks nothing any more when it was closed in the middle of work', async () => {
    const scene = new Scene();
    const aborted: boolean[] = [];
    const work = scene.target.work('sync', async (_, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      aborted.push(signal.aborted);
    });
    scene.target.dispose();
    await work;
    deepEqual(aborted, [true]);
    await rejects(
      scene.target.work('scan', async () => undefined),
      (error: unknown) => isProblem(error, 'cancelled'),
    );
    equal(scene.readings.length, 0);
  });
});
