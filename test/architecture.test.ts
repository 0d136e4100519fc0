import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What a room may import beside itself, and why the wall is there. */
interface Room {
  readonly rooms: readonly string[];
  /** Packages, or `node:*` for Node's own modules. */
  readonly packages: readonly string[];
  readonly because: string;
}

const NODE = 'node:*';
const PURE = ['ajv', 'jsonc-parser', 'fastest-levenshtein', 'picomatch', 'conventional-commits-parser'];

const HOUSE: Readonly<Record<string, Room>> = {
  core: {
    rooms: [],
    packages: PURE,
    because: 'the core is nouns and rules: it asks nothing of the world, so that every floor may stand on it',
  },
  pipeline: {
    rooms: ['core'],
    packages: [],
    because: 'a stage is a function of plain data and ports, so that tests own the world',
  },
  steps: {
    rooms: ['core', 'pipeline'],
    packages: [],
    because: 'a step composes stages of one sibling; the world still comes by port',
  },
  actions: {
    rooms: ['core', 'pipeline', 'steps'],
    packages: [],
    because: "a person's word goes through the same stages as a run",
  },
  'pipeline.ts': {
    rooms: ['core', 'pipeline', 'steps'],
    packages: [],
    because: 'the story knows the stages, not the tools',
  },
  git: { rooms: ['core'], packages: [NODE, 'simple-git', 'p-retry'], because: 'only this room starts git' },
  checks: { rooms: ['core'], packages: [NODE], because: 'peers do not know each other' },
  store: { rooms: ['core'], packages: [NODE, 'sql.js'], because: 'only this room knows how state is kept' },
  github: {
    rooms: ['core'],
    packages: ['@octokit', 'p-retry'],
    because: 'only this room talks to GitHub, and peers do not know each other',
  },
  secrets: {
    rooms: ['core'],
    packages: [NODE, 'p-retry'],
    because: 'secrets are looked up in one place, which signs its own requests and asks again',
  },
  report: { rooms: ['core'], packages: ['picocolors', NODE], because: 'a report is made from plain data' },
  demo: { rooms: ['core', 'git'], packages: [NODE], because: 'the demo builds repositories and nothing else' },
  ui: { rooms: ['core'], packages: ['vscode'], because: 'views get data; they never reach for the engine' },
  engine: {
    rooms: [
      'core',
      'pipeline',
      'pipeline.ts',
      'steps',
      'actions',
      'git',
      'checks',
      'store',
      'secrets',
      'insight',
      'github',
    ],
    packages: [NODE],
    because: 'the composition knows no screen',
  },
  'engine.ts': { rooms: ['core', 'engine'], packages: [], because: 'the composition knows no screen' },
  'engineThread.ts': {
    rooms: ['core', 'engine', 'engine.ts', 'thread'],
    packages: [NODE],
    because: "the editor's engine runs beside the editor's thread and knows no screen",
  },
  thread: {
    rooms: ['core'],
    packages: [NODE],
    because: 'it carries calls from one thread to another, whatever they do',
  },
  insight: { rooms: ['core'], packages: [], because: 'figures are pure functions over stored rows' },
  schedule: { rooms: ['core'], packages: [NODE], because: 'the rhythm of runs knows neither editor nor engine' },
  cli: {
    rooms: ['core', 'report', 'engine.ts', 'demo'],
    packages: [NODE, 'commander', 'picocolors'],
    because: 'the headless entry knows no editor',
  },
  'cli.ts': {
    rooms: ['cli', 'core', 'report', 'engine.ts', 'demo', 'secrets', 'checks'],
    packages: [NODE, 'commander', 'picocolors'],
    because: 'the headless entry knows no editor; it leaves nothing behind that a check could read',
  },
  'extension.ts': {
    rooms: ['core', 'thread', 'schedule', 'ui'],
    packages: ['vscode', NODE],
    because: 'the editor entry joins engine and screen',
  },
  webview: { rooms: ['core'], packages: ['@vscode/webview-ui-toolkit'], because: 'the panel runs in a browser' },
};

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });

const files = [...sources(join(root, 'src')), ...sources(join(root, 'webview'))];
const IMPORT =
  /^\s*(?:import|export)\s+(?:type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

const STATIC = /^(?:import|export)\s+(?!type\s)(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;

/** A file without what stands between backticks: the demo carries whole programs there. Lines keep their numbers. */
const codeOf = (file: string): string =>
  readFileSync(file, 'utf8').replace(/`(?:[^`\\]|\\[\s\S])*`/g, (text) => text.replace(/[^\n]/g, ''));

const importsOf = (file: string): readonly string[] =>
  [...codeOf(file).matchAll(IMPORT)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((specifier) => !specifier.endsWith('/package.json'));

const roomOf = (file: string): string => {
  const [first = '', second = ''] = relative(root, file).split('/');
  return first === 'webview' ? 'webview' : second;
};

const targetOf = (file: string, specifier: string): string => resolve(dirname(file), specifier).replace(/\.js$/, '.ts');

const matches = (allowed: string, specifier: string): boolean =>
  allowed === NODE ? specifier.startsWith('node:') : specifier === allowed || specifier.startsWith(`${allowed}/`);

function departures(file: string): readonly string[] {
  const here = roomOf(file);
  const room = HOUSE[here];
  if (room === undefined)
    return [
      `${relative(root, file)} is in no room of the house; give it one in this table, or put it where it belongs`,
    ];
  return importsOf(file).flatMap((specifier) => {
    const there = specifier.startsWith('.') ? roomOf(targetOf(file, specifier)) : null;
    const fine =
      there === null
        ? room.packages.some((allowed) => matches(allowed, specifier))
        : there === here || room.rooms.includes(there);
    return fine ? [] : [`${relative(root, file)} imports ${specifier}, but ${room.because}`];
  });
}

function circles(): readonly string[] {
  const known = new Set(files);
  const edges = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => targetOf(file, specifier))
        .filter((to) => known.has(to)),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'open')
      found.push([...path.slice(path.indexOf(file)), file].map((one) => relative(root, one)).join(' -> '));
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const to of edges.get(file) ?? []) visit(to, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  return found;
}

/** Packages that a file loads at once, by itself or through what it imports; imports of types alone load nothing. */
function reachable(file: string, seen = new Set<string>()): ReadonlySet<string> {
  for (const [, specifier = ''] of codeOf(file).matchAll(STATIC)) {
    const next = specifier.startsWith('.') ? targetOf(file, specifier) : specifier;
    if (seen.has(next)) continue;
    seen.add(next);
    if (specifier.startsWith('.')) reachable(next, seen);
  }
  return new Set([...seen].filter((one) => !one.startsWith('/')));
}

const undocumented = (file: string): readonly string[] => {
  const lines = codeOf(file).split('\n');
  return lines.flatMap((line, index) =>
    /^export (?:abstract )?(?:async )?(?:function\*?|class|const|interface|type)\b/.test(line) &&
    !/\*\/\s*$/.test(lines[index - 1] ?? '')
      ? [`${relative(root, file)}:${index + 1}`]
      : [],
  );
};

describe('the house', () => {
  it('has only imports that its rooms allow', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(departures)).toEqual([]);
  });

  it('has no circle, not even of types', () => {
    expect(circles()).toEqual([]);
  });

  it('says of every export what it does', () => {
    expect(files.flatMap(undocumented)).toEqual([]);
  });

  it('takes the editor in the one way that the bundle turns into one copy of its interface', () => {
    const lines = files.flatMap((file) => readFileSync(file, 'utf8').match(/^.*\bfrom 'vscode';$/gm) ?? []);
    expect(lines.length).toBeGreaterThan(20);
    expect([...new Set(lines)].sort()).toEqual([
      "import * as vscode from 'vscode';",
      "import type * as vscode from 'vscode';",
    ]);
  });

  it('activates without loading any package', () => {
    expect([...reachable(join(root, 'src/extension.ts'))].filter((one) => !one.startsWith('node:')).sort()).toEqual([
      'vscode',
    ]);
  });

  it('starts processes only in git/ and checks/', () => {
    const starters = files.filter((file) => importsOf(file).some((specifier) => specifier.includes('child_process')));
    expect([...new Set(starters.map(roomOf))].sort()).toEqual(['checks', 'git']);
  });

  it('lets only one file know the webview toolkit', () => {
    const users = files.filter((file) =>
      importsOf(file).some((specifier) => specifier.startsWith('@vscode/webview-ui-toolkit')),
    );
    expect(users.map((file) => relative(root, file))).toEqual(['webview/toolkit.ts']);
  });
});
