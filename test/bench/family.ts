import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { git, plainEnvironment } from '../support/plainGit.js';

/** How large a generated family is. */
export interface FamilySize {
  /** Files of the tree that both sides start from. */
  readonly files: number;
  /** Commits of the sibling since the two parted. */
  readonly sibling: number;
  /** Commits of the target since then. */
  readonly target: number;
}

/** Deterministic pseudo-random numbers below a limit (a linear congruential generator, Numerical Recipes). */
class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  /** True in so many of a hundred throws. */
  percent(chance: number): boolean {
    return this.below(100) < chance;
  }
}

const AREAS = ['billing', 'catalog', 'checkout', 'identity', 'ledger', 'mail', 'search', 'stock'] as const;
const TYPES = ['chore', 'docs', 'test', 'refactor', 'ci', 'build', 'style'] as const;
const START = 1_600_000_000;

const pathOf = (index: number): string => {
  const area = AREAS[index % AREAS.length] ?? 'core';
  return `packages/${area}/src/part${Math.floor(index / AREAS.length) % 40}/module${index}.ts`;
};

const functionOf = (index: number, part: number): readonly string[] => [
  `/** Step ${part} of module ${index}. */`,
  `export function step${part}(value: number, rate: number): number {`,
  `  const base = value * ${((index * 31 + part * 17) % 97) + 1};`,
  `  if (base > ${index % 1000}) return base - rate;`,
  `  return base + rate * ${part + 1};`,
  '}',
  '',
];

/** Every so many-th file is long, as some are in every project; the files that both sides edit are among them. */
const LONG = 16;

const linesOf = (index: number): readonly string[] => {
  const length = index % LONG === 0 ? 60 + (index % 70) : 6 + (index % 17);
  return [
    `import { rateOf } from '../rates.js';`,
    '',
    ...Array.from({ length }, (_unused, part) => functionOf(index, part)).flat(),
  ];
};

interface Change {
  readonly path: string;
  /** Null: the file is taken away. */
  readonly lines: readonly string[] | null;
}

/** One branch while it grows. */
class Branch {
  readonly files: Map<string, readonly string[]>;
  readonly chunks: string[] = [];
  private count = 0;
  private readonly ref: string;

  constructor(ref: string, files: ReadonlyMap<string, readonly string[]>) {
    this.ref = ref;
    this.files = new Map(files);
  }

  commit(message: string, changes: readonly Change[], hour: number): void {
    const from = this.count === 0 ? 'from refs/heads/base\n' : '';
    const author = `A. Writer <writer@example.test> ${START + hour * 3600} +0000`;
    this.chunks.push(`commit refs/heads/${this.ref}\nauthor ${author}\ncommitter ${author}\n${dataOf(message)}${from}`);
    for (const change of changes) this.chunks.push(this.take(change));
    this.chunks.push('\n');
    this.count += 1;
  }

  private take({ path, lines }: Change): string {
    if (lines === null) {
      this.files.delete(path);
      return `D ${path}\n`;
    }
    this.files.set(path, lines);
    return `M 100644 inline ${path}\n${dataOf(lines.join('\n'))}`;
  }
}

// The text is ASCII, so characters are bytes.
const dataOf = (text: string): string => `data ${text.length}\n${text}\n`;

/** Lines with one of them changed and some put after it. */
const edited = (lines: readonly string[], at: number, word: string, more = 0): readonly string[] => [
  ...lines.slice(0, at),
  `  const ${word} = rateOf(value, rate);`,
  ...Array.from({ length: more }, (_unused, index) => `  if (${word} > ${index * 7}) return ${word} - ${index};`),
  ...lines.slice(at + 1),
];

/** A line in the body of a function, so that it is text somebody would change. */
const bodyLine = (dice: Dice, lines: readonly string[]): number => {
  const functions = Math.max(1, Math.floor((lines.length - 2) / 7));
  return 2 + dice.below(functions) * 7 + 2 + dice.below(3);
};

function editIn(branch: Branch, dice: Dice, path: string, word: string): Change[] {
  const lines = branch.files.get(path);
  return lines === undefined ? [] : [{ path, lines: edited(lines, bodyLine(dice, lines), word, dice.below(12)) }];
}

/** The subject of a commit; three in ten are features and fixes by their type. */
const subjectOf = (dice: Dice, number: number): string => {
  const area = AREAS[dice.below(AREAS.length)] ?? 'core';
  if (dice.percent(30)) return `${dice.percent(50) ? 'feat' : 'fix'}(${area}): improve step ${number}`;
  return `${TYPES[dice.below(TYPES.length)] ?? 'chore'}(${area}): tidy step ${number}`;
};

/** Changes of one sibling commit: mostly edits, some of them in files the target edits too; new and moved files. */
function siblingChanges(
  branch: Branch,
  dice: Dice,
  number: number,
  hot: readonly string[],
  all: number,
): readonly Change[] {
  const word = `sibling${number}`;
  if (dice.percent(6))
    return [
      {
        path: `packages/${AREAS[number % AREAS.length]}/src/part0/added${number}.ts`,
        lines: linesOf(number + 100_000),
      },
    ];
  if (dice.percent(3)) return moved(branch, pathOf(dice.below(all)), number);
  const count = 1 + dice.below(4);
  const paths = new Set(
    Array.from({ length: count }, () =>
      dice.percent(25) ? (hot[dice.below(hot.length)] ?? '') : pathOf(dice.below(all)),
    ),
  );
  return [...paths].flatMap((path) => editIn(branch, dice, path, word));
}

function moved(branch: Branch, path: string, number: number): readonly Change[] {
  const lines = branch.files.get(path);
  return lines === undefined
    ? []
    : [
        { path, lines: null },
        { path: path.replace(/module/, `moved${number}of`), lines },
      ];
}

/** Both branches, grown in turns: one sibling commit in twenty is in the target too, as somebody picked it. */
function grow(size: FamilySize, base: ReadonlyMap<string, readonly string[]>): readonly Branch[] {
  const dice = new Dice(size.files + size.sibling);
  const main = new Branch('main', base);
  const sibling = new Branch('sibling', base);
  const hot = Array.from({ length: 60 }, (_unused, index) => pathOf((index * LONG) % size.files));
  for (let number = 0; number < size.target; number += 1) {
    const paths = new Set([hot[dice.below(hot.length)] ?? '', hot[dice.below(hot.length)] ?? '']);
    main.commit(
      `feat: own step ${number}\n`,
      [...paths].flatMap((path) => editIn(main, dice, path, `own${number}`)),
      number,
    );
  }
  for (let number = 0; number < size.sibling; number += 1) {
    const message = `${subjectOf(dice, number)}\n\nStep ${number} is told in more words here.\n`;
    const shared = number % 20 === 7 ? sharedEdit(main, sibling, number, size.files) : [];
    const changes = shared.length > 0 ? shared : siblingChanges(sibling, dice, number, hot, size.files);
    sibling.commit(message, changes, size.target + number);
    if (shared.length > 0) main.commit(message, shared, size.target + number);
  }
  return [main, sibling];
}

/** The same edit for both sides, in a file that is the same on both. */
function sharedEdit(main: Branch, sibling: Branch, number: number, all: number): readonly Change[] {
  const path = pathOf((number * 7 + 3) % all);
  const lines = main.files.get(path);
  if (lines === undefined || lines.join('\n') !== sibling.files.get(path)?.join('\n')) return [];
  return [{ path, lines: edited(lines, 5, `shared${number}`) }];
}

/**
 * Makes a family of TypeScript-like files by `git fast-import`, always the same for the same size: branches `main` (the
 * target) and `sibling` of one bare repository. Returns its folder.
 */
export function makeFamily(folder: string, size: FamilySize): string {
  const base = new Map(
    Array.from({ length: size.files }, (_unused, index) => [pathOf(index), linesOf(index)] as const),
  );
  const person = `A. Writer <writer@example.test> ${START - 3600} +0000`;
  const root = [`commit refs/heads/base\nauthor ${person}\ncommitter ${person}\n${dataOf('feat: begin\n')}`];
  for (const [path, lines] of base) root.push(`M 100644 inline ${path}\n${dataOf(lines.join('\n'))}`);
  const stream = [...root, '\n', ...grow(size, base).flatMap((branch) => branch.chunks), 'done\n'];
  mkdirSync(folder, { recursive: true });
  git(folder, ['init', '-q', '--bare', '--template=', '--initial-branch=main', '.']);
  const imported = spawnSync(
    'git',
    ['-C', folder, '-c', 'fastimport.unpackLimit=0', 'fast-import', '--quiet', '--done'],
    {
      input: stream.join(''),
      env: plainEnvironment(),
      encoding: 'utf8',
    },
  );
  if (imported.status !== 0) throw new Error(`git fast-import failed: ${imported.stderr}`);
  return folder;
}
