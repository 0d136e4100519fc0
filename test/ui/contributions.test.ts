import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, CONTEXT_KEYS, DEFAULT_SETTINGS, VIEWS, WALKTHROUGH } from '../../src/ui/contributions.js';

interface MenuEntry {
  readonly command: string;
  readonly when?: string;
}

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg?: string; readonly image?: string | Readonly<Record<string, string>> };
  readonly completionEvents: readonly string[];
}

const root = resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  publisher: string;
  name: string;
  contributes: {
    commands: readonly { command: string; category: string }[];
    menus: Readonly<Record<string, readonly MenuEntry[]>>;
    viewsWelcome: readonly { view: string; when: string; contents: string }[];
    walkthroughs: readonly { id: string; steps: readonly Step[] }[];
    configuration: { properties: Readonly<Record<string, { default: unknown; scope: string }>> };
  };
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: readonly string[] } };
  dependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
};
const { contributes } = manifest;
const ours: readonly string[] = Object.values(COMMANDS);
const entries = Object.values(contributes.menus).flat();
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

/** Ids of ours that a text leads to by `command:`. */
const ledTo = (text: string): readonly string[] =>
  [...text.matchAll(/\(command:(autosync\.[\w.]+)/g)].map((match) => match[1] ?? '');

it('package.json contributes exactly the commands that the code registers', () => {
  const contributed = contributes.commands.map(({ command }) => command).sort();
  expect(contributed).toEqual([...ours].sort());
  expect(contributes.commands.every(({ category }) => category === 'AutoSync')).toBe(true);
});

it('every package is pinned to one version', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^(?:npm:[@\w/-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

it('settings have the defaults that the code falls back on', () => {
  const declared = Object.entries(contributes.configuration.properties).map(([name, { default: value }]) => [
    name,
    value,
  ]);
  expect(Object.fromEntries(declared)).toEqual(
    Object.fromEntries(Object.entries(DEFAULT_SETTINGS).map(([name, value]) => [`autosync.${name}`, value])),
  );
});

it('where a token is sent to is never what a workspace says', () => {
  expect(contributes.configuration.properties['autosync.github.server']?.scope).toBe('application');
  expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toContain('autosync.github.server');
});

describe('menus', () => {
  it('show only commands of ours', () => {
    expect(entries.map(({ command }) => command).filter((command) => !ours.includes(command))).toEqual([]);
  });

  it('ask only for context keys that the code tells', () => {
    const known = new Set<string>([...CONTEXT_KEYS, VIEWS.incoming]);
    const clauses = [...entries, ...contributes.viewsWelcome].map(({ when = '' }) => when);
    const asked = clauses.flatMap((when) => when.match(/autosync\.\w+/g) ?? []);
    expect([...new Set(asked)].filter((key) => !known.has(key))).toEqual([]);
  });

  it('say of every command when the palette offers it, but for those that always work', () => {
    const said = new Set(contributes.menus['commandPalette']?.map(({ command }) => command));
    const always = [COMMANDS.menu, COMMANDS.openWalkthrough, COMMANDS.showLog];
    expect(ours.filter((command) => !said.has(command)).sort()).toEqual([...always].sort());
  });

  it('offer what lands, runs or asks a sibling in a trusted workspace only', () => {
    const acting: readonly string[] = [
      COMMANDS.sync,
      COMMANDS.scan,
      COMMANDS.apply,
      COMMANDS.decline,
      COMMANDS.resolve,
      COMMANDS.undo,
      COMMANDS.findSiblings,
      COMMANDS.addSibling,
      COMMANDS.doctor,
      COMMANDS.writeWorkflow,
      COMMANDS.setSourceToken,
      COMMANDS.signIn,
      COMMANDS.setGitHubToken,
    ];
    const open = entries.filter(
      ({ command, when = '' }) => acting.includes(command) && !/\bisWorkspaceTrusted\b/.test(when),
    );
    expect(open).toEqual([]);
  });
});

describe('the first steps', () => {
  it('are found by the id that the command opens', () => {
    const ids = contributes.walkthroughs.map(({ id }) => `${manifest.publisher}.${manifest.name}#${id}`);
    expect(ids).toEqual([WALKTHROUGH]);
  });

  it('each have a picture, a button of ours and a way to be done', () => {
    for (const { id, description, media, completionEvents } of steps) {
      expect(existsSync(join(root, media.svg ?? '')), id).toBe(true);
      expect(ledTo(description), id).not.toEqual([]);
      expect(completionEvents, id).not.toEqual([]);
    }
  });

  it('and empty views lead to commands that are there', () => {
    const texts = [
      ...steps.map(({ description }) => description),
      ...contributes.viewsWelcome.map(({ contents }) => contents),
    ];
    const focus = `${VIEWS.incoming}.focus`;
    expect(texts.flatMap(ledTo).filter((command) => !ours.includes(command) && command !== focus)).toEqual([]);
  });

  it('are done by commands of ours and context keys that the code tells', () => {
    const events = steps.flatMap(({ completionEvents }) => completionEvents);
    const known = [
      ...ours.map((command) => `onCommand:${command}`),
      ...CONTEXT_KEYS.map((key) => `onContext:${key}`),
      ...Object.keys(DEFAULT_SETTINGS).map((name) => `onSettingChanged:autosync.${name}`),
    ];
    expect(events.filter((event) => !known.includes(event))).toEqual([]);
  });
});
