import type { CommitParts, Content } from '../support/repository.js';
import { lines } from './corpus.js';

/** A source of numbers that is the same for the same seed (Mulberry32). */
export function randomSource(seed: number): (below: number) => number {
  const state = { value: seed >>> 0 };
  return (below) => {
    state.value = (state.value + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state.value ^ (state.value >>> 15), state.value | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const PATHS = ['a.txt', 'b.txt', 'dir/c.txt', 'dir/d.txt', 'dir/sub/e.txt', 'other/f.txt', 'other/g.txt', 'h'] as const;
const NEW = [
  'dir/new.txt',
  'other/new.txt',
  'dir',
  'h/inside.txt',
  'fresh/new.txt',
  'moved/c.txt',
  'moved/d.txt',
] as const;

/** The files every random history begins with. */
export function firstFiles(): Readonly<Record<string, Content>> {
  return Object.fromEntries(PATHS.map((path, index) => [path, lines(12, { 1: `head of ${path}`, 6: `${index}` })]));
}

type State = Map<string, Content>;
type Step = (state: State, random: (below: number) => number) => CommitParts;

const anyOf = (state: State, random: (below: number) => number): string =>
  [...state.keys()].sort()[random(state.size)] ?? 'a.txt';

const edited = (content: Content | undefined, random: (below: number) => number): Content => {
  if (typeof content !== 'string') return lines(12, { 2: `over ${random(3)}` });
  const rows = content.split('\n');
  rows[random(Math.max(1, rows.length - 1))] = `edit ${random(4)}`;
  return rows.join('\n');
};

/** Paths that cannot stand beside `path`: what is below it, and files where its folders must be. */
const inTheWay = (state: State, path: string): readonly string[] =>
  [...state.keys()].filter((other) => other !== path && (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)));

const edit: Step = (state, random) => {
  const path = anyOf(state, random);
  return { files: { [path]: edited(state.get(path), random) } };
};

const add: Step = (state, random) => {
  const path = NEW[random(NEW.length)] ?? 'dir/new.txt';
  return { remove: inTheWay(state, path), files: { [path]: lines(12, { 3: `new ${random(2)}` }) } };
};

const remove: Step = (state, random) => (state.size > 3 ? { remove: [anyOf(state, random)] } : edit(state, random));

const rename: Step = (state, random) => {
  const from = anyOf(state, random);
  const to = NEW[random(NEW.length)] ?? 'moved/c.txt';
  const content = state.get(from) ?? '';
  const way = inTheWay(new Map([...state].filter(([path]) => path !== from)), to);
  if (from === to) return edit(state, random);
  return { remove: [from, ...way], files: { [to]: random(2) === 0 ? content : edited(content, random) } };
};

const link: Step = (state, random) => ({ files: { [anyOf(state, random)]: { link: `target${random(2)}` } } });

const two: Step = (state, random) => {
  const files = { ...edit(state, random).files, ...edit(state, random).files };
  return { files };
};

const STEPS: readonly Step[] = [edit, edit, edit, two, two, add, remove, rename, rename, link];

function apply(state: State, parts: CommitParts): void {
  for (const path of parts.remove ?? []) state.delete(path);
  for (const [path, content] of Object.entries(parts.files ?? {})) state.set(path, content);
}

/** Commits of a small random history that starts with `firstFiles`. */
export function randomHistory(seed: number, count: number): readonly CommitParts[] {
  const random = randomSource(seed);
  const state: State = new Map(Object.entries(firstFiles()));
  return Array.from({ length: count }, () => {
    const step = STEPS[random(STEPS.length)] ?? edit;
    const parts = step(state, random);
    apply(state, parts);
    return parts;
  });
}
