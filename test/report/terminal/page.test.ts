import { describe, expect, it } from 'vitest';
import { backupLines, backupListLines, configLines, declinedLines } from '../../../src/report/terminal/answers.js';
import { auditLines } from '../../../src/report/terminal/audit.js';
import { doctorLines } from '../../../src/report/terminal/doctor.js';
import { explainLines } from '../../../src/report/terminal/explain.js';
import { initLines } from '../../../src/report/terminal/init.js';
import { widthOf } from '../../../src/report/terminal/layout.js';
import type { Page } from '../../../src/report/terminal/page.js';
import { liveLine, stepWords } from '../../../src/report/terminal/progress.js';
import { runLines } from '../../../src/report/terminal/run.js';
import { statusLines } from '../../../src/report/terminal/status.js';
import * as samples from '../samples.js';

type Renderer = readonly [name: string, render: (page: Page) => readonly string[]];

const { poisoned } = samples;

/** Every renderer of the terminal, on data that `change` has gone over. */
function renderers(change: <Data>(data: Data) => Data): readonly Renderer[] {
  return [
    ['run', (page) => runLines(change(samples.runOf()), page)],
    ['status', (page) => statusLines(change(samples.STATUS), page)],
    ...samples.EVERY_STANDING.map(
      (commit): Renderer => [
        `explain ${commit.standing} ${commit.sha.slice(0, 4)}`,
        (page) => explainLines(change(samples.explanationOf(commit)), page),
      ],
    ),
    ['audit', (page) => auditLines(change(samples.AUDIT), page)],
    ['doctor', (page) => doctorLines(change(samples.DOCTOR), page)],
    ['init', (page) => initLines(change(samples.INIT), page)],
    [
      'config',
      (page) => configLines(change(['land.maxPerRun = 20   (default)', `a.b = "${'x'.repeat(90)}"   (file:4)`]), page),
    ],
    ['decline', (page) => declinedLines(change(samples.DECISION), page)],
    ['backup', (page) => backupLines(change('state-1.json'), page)],
    ['backups', (page) => backupListLines(change([{ name: 'state-1.json', at: '2026-03-01T08:00:00Z' }]), page)],
    ['progress', () => [stepWordsCut(change('acme'))]],
  ];
}

const stepWordsCut = (sibling: string): string =>
  liveLine({ phase: 'fetch', sibling, doing: stepWords({ phase: 'fetch', sibling, doing: sibling }) }, 0, 80);

/** What no line may hold: control characters, invisible characters, bidirectional controls, halves of pairs. */
const FORBIDDEN = /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Surrogate}]/u;

describe('every page of the terminal', () => {
  it.each(renderers(poisoned))('%s shows no control or invisible character of foreign text', (_, render) => {
    for (const verbose of [false, true]) {
      const lines = render(samples.pageOf({ verbose }));
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line) => FORBIDDEN.test(line))).toEqual([]);
    }
  });

  it.each(renderers((data) => data))('%s keeps within 80 and 120 columns', (_, render) => {
    for (const columns of [80, 120]) {
      for (const verbose of [false, true]) {
        const wide = render(samples.pageOf({ columns, verbose })).filter((line) => widthOf(line) > columns);
        expect(wide).toEqual([]);
      }
    }
  });

  it.each(renderers((data) => data))(
    '%s leaves no space at the end of a line and no "undefined" in it',
    (_, render) => {
      const lines = render(samples.pageOf({ verbose: true }));
      expect(lines.filter((line) => /\s$|undefined|NaN|\[object/.test(line))).toEqual([]);
    },
  );
});
