import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../../src/core/errors.js';
import { type Face, faceOf } from '../../../src/ui/state/face.js';
import type { TargetState, WindowState } from '../../../src/ui/state/model.js';
import { sampleOverview, sampleRow, sampleTarget, sampleWindow } from '../tree/samples.js';

const rows = sampleOverview([sampleRow(1)]);
const unread: TargetState = { ...sampleTarget(rows), overview: null };
const troubled = (code: ProblemCode | 'unknown'): TargetState => ({ ...unread, trouble: { code, message: 'why' } });
const windowOf = (targets: readonly TargetState[], more: Partial<WindowState> = {}): WindowState => ({
  ...sampleWindow(targets),
  ...more,
});

describe('the face of the view', () => {
  it.each<[ProblemCode | 'unknown', Face]>([
    ['no-config', 'no-siblings'],
    ['no-repository', 'no-repository'],
    ['bare-target', 'no-repository'],
    ['config', 'bad-config'],
    ['no-commits', 'no-commit'],
    ['detached-head', 'no-branch'],
    ['no-branch', 'no-branch'],
    ['git-missing', 'no-git'],
    ['git-too-old', 'no-git'],
    ['state-newer', 'trouble'],
    ['unknown', 'trouble'],
  ])('of a folder that cannot be read because of %s is %s', (code, face) => {
    expect(faceOf(windowOf([troubled(code)]))).toBe(face);
  });

  it('asks for a folder where none is open, and reads before it judges', () => {
    expect(faceOf(windowOf([], { folders: 0 }))).toBe('no-folder');
    expect(faceOf(windowOf([unread], { loading: true }))).toBe('loading');
  });

  it('has rows as soon as one folder has siblings', () => {
    expect(faceOf(windowOf([troubled('no-repository'), sampleTarget(rows)]))).toBe('rows');
  });

  it('is the first scan while siblings are looked at that never were', () => {
    const fresh = sampleTarget({ ...rows, rows: [], checkedAt: null });
    const scanning: TargetState = { ...fresh, activity: { kind: 'scan', scheduled: false, step: null } };
    expect(faceOf(windowOf([scanning]))).toBe('first-scan');
    expect(faceOf(windowOf([fresh]))).toBe('rows');
  });

  it('is about trust only where there is nothing to show', () => {
    expect(faceOf(windowOf([troubled('no-config')], { trusted: false }))).toBe('restricted');
    expect(faceOf(windowOf([sampleTarget(rows)], { trusted: false }))).toBe('rows');
  });

  it('has a welcome text for each that is not rows', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { viewsWelcome: readonly { readonly when: string }[] };
    };
    const told = contributes.viewsWelcome.map(({ when }) => /autosync\.face == '([\w-]+)'/.exec(when)?.[1]);
    const faces: readonly Face[] = [
      ...(['no-folder', 'no-repository', 'no-siblings', 'restricted', 'loading', 'first-scan'] as const),
      ...(['bad-config', 'no-commit', 'no-branch', 'no-git', 'trouble'] as const),
    ];
    for (const face of faces) expect(told).toContain(face);
  });
});
