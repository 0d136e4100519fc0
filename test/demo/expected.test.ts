import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/core/config.js';
import { parseConventional } from '../../src/core/conventional.js';
import { compilePathRules } from '../../src/core/pathRules.js';
import { readConfig } from '../../src/core/readConfig.js';
import { scanForSecrets } from '../../src/core/secretScan.js';
import { DEMO_FAMILY, DEMO_SIBLINGS } from '../../src/demo/demo.js';
import { DEMO_EXPECTED } from '../../src/demo/expected.js';
import { type DemoFile, placeCommits, type Snapshot } from '../../src/demo/snapshot.js';
import { TEMPLATE_COMMITS } from '../../src/demo/template.js';

const rules = compilePathRules(DEFAULT_CONFIG.filter);
const EMPTY: Snapshot = new Map();

/** Each commit of a sibling after the template, with the paths it changes against its first parent. */
const incoming = DEMO_SIBLINGS.flatMap(({ name, commits }) => {
  const placed = placeCommits(commits);
  return placed.slice(TEMPLATE_COMMITS.length).map(({ commit, parents, files }) => {
    const before = placed[parents[0] ?? -1]?.files ?? EMPTY;
    const changed = [...files].filter(([path, file]) => before.get(path) !== file);
    return { sibling: name, message: commit.message, subject: commit.message.split('\n', 1)[0], changed };
  });
});

function find(sibling: string, subject: string) {
  const found = incoming.filter((commit) => commit.sibling === sibling && commit.subject === subject);
  expect(found).toHaveLength(1);
  return { message: found[0]?.message ?? '', changed: found[0]?.changed ?? [] };
}

const secretsIn = (changed: (typeof incoming)[number]['changed']) =>
  scanForSecrets(
    changed.flatMap(([path, { content }]) => {
      const lines =
        typeof content === 'string' ? content.split('\n').map((text, index) => ({ line: index + 1, text })) : [];
      return [{ path, binary: false, tooBig: false, lines, added: lines.length, removed: 0 }];
    }),
  );

it('expects a standing for every commit of every sibling', () => {
  const order = ({ sibling, subject }: { sibling: string; subject: string | undefined }) => `${sibling}: ${subject}`;
  expect(DEMO_EXPECTED.map(order)).toEqual(incoming.map(order));
});

it('shows every standing that a first run can end with', () => {
  const standings = new Set(DEMO_EXPECTED.map(({ standing }) => standing));
  const wanted = ['landed', 'review', 'rejected', 'conflict', 'present', 'cancelled', 'filtered', 'declined'];
  expect([...standings].toSorted()).toEqual(wanted.toSorted());
});

it('what is filtered by type has a type that the default policy does not take', () => {
  const rows = DEMO_EXPECTED.filter(({ rule }) => rule?.startsWith('type: '));
  expect(rows.length).toBeGreaterThanOrEqual(3);
  for (const { sibling, subject, rule } of rows) {
    const type = parseConventional(find(sibling, subject).message).type;
    expect(`type: ${type ?? 'not a conventional commit'}`).toBe(rule);
    expect(DEFAULT_CONFIG.filter.types).not.toContain(type);
  }
});

it('what is filtered by path has denied files only, what is partial some, and everything else none', () => {
  for (const { sibling, subject, standing, rule, veto } of DEMO_EXPECTED) {
    const { changed } = find(sibling, subject);
    const dropped = changed.filter(([path]) => !rules(path).kept).length;
    if (standing === 'filtered' && rule?.startsWith('deny list')) expect(dropped).toBe(changed.length);
    else if (veto === 'partial') expect(dropped > 0 && dropped < changed.length).toBe(true);
    else expect([subject, dropped]).toEqual([subject, 0]);
  }
});

it('the secret scan finds what is filtered by secret, and nothing anywhere else', () => {
  for (const { sibling, subject, rule } of DEMO_EXPECTED) {
    const found = secretsIn(find(sibling, subject).changed).map(({ what }) => what);
    if (rule === 'secret') expect(found).toContain('AWS access key id');
    else expect([subject, found]).toEqual([subject, []]);
  }
});

it('the sources of the sample family hold no secret themselves', () => {
  const folder = resolve(import.meta.dirname, '../../src/demo');
  const sources = readdirSync(folder).map((name): [string, DemoFile] => [
    name,
    { content: readFileSync(join(folder, name), 'utf8'), mode: '100644' },
  ]);
  expect(sources.length).toBeGreaterThan(10);
  expect(secretsIn(sources)).toEqual([]);
});

it('the risk of what lands is low enough, and one commit for review is too big', () => {
  const sizes = (standing: string) =>
    DEMO_EXPECTED.filter((row) => row.standing === standing && row.veto === undefined).map(
      ({ sibling, subject }) => find(sibling, subject).changed.length,
    );
  expect(Math.max(...sizes('landed'))).toBeLessThanOrEqual(DEFAULT_CONFIG.decide.maxRisk);
  expect(sizes('review')).toEqual([9]);
});

it('the policy of the target is valid and names the siblings by their folders', () => {
  const target = DEMO_FAMILY.find(({ name }) => name === 'target');
  const files = placeCommits(target?.commits ?? []).at(-1)?.files;
  const text = files?.get('.autosync/config.json')?.content;
  const { config } = readConfig(String(text));
  expect(config).toEqual({
    ...DEFAULT_CONFIG,
    siblings: DEMO_SIBLINGS.map(({ name }) => ({ name, path: `../${name}` })),
  });
});
