import { CONFIG_FILE, type Config, DEFAULT_CONFIG, type SiblingConfig } from './config.js';
import { type ConfigProblem, schemaProblems, show, spell } from './configProblems.js';
import { AutoSyncError, isProblem } from './errors.js';
import { type JsonDocument, type JsonFault, positionAt, readJson } from './jsonDocument.js';
import { checkBranchName, checkFolder, checkRemoteUrl } from './safeInput.js';
import { statusRange } from './smoke.js';

/** The effective policy, and for each of its values where it came from: `default`, or `FILE:LINE`. */
export interface ReadConfig {
  readonly config: Config;
  readonly origins: ReadonlyMap<string, string>;
}

const BIGGEST = 1_000_000;

/**
 * Reads the text of `.autosync/config.json`, over the defaults; null stands for a file that is not there.
 *
 * Throws `config` for the first problem in the order of the document, with its place, what is allowed, and how many
 * more there are. `file` is how the file is called in messages.
 */
export function readConfig(text: string | null, file: string = CONFIG_FILE): ReadConfig {
  if (text === null) return { config: DEFAULT_CONFIG, origins: originsOf(DEFAULT_CONFIG, () => null, file) };
  if (text.length > BIGGEST)
    return refuse(file, '', [{ offset: 0, what: 'The file is bigger than 1 MB.', next: 'It holds policy only.' }]);
  const plain = text.replace(/^\ufeff/, '');
  const read = readJson(plain);
  if ('faults' in read) return refuse(file, plain, read.faults.map(withNext));
  const { document } = read;
  const problems = problemsOf(document.value).map((problem) => placed(problem, document));
  if (problems.length > 0) return refuse(file, plain, problems);
  const config = overDefaults(document.value as Partial<Config>);
  return { config, origins: originsOf(config, lineFinder(document, plain), file) };
}

interface PlacedProblem extends JsonFault {
  readonly next: string;
}

function withNext(fault: JsonFault): PlacedProblem {
  return { ...fault, next: 'Correct the text there; comments and trailing commas are fine.' };
}

function placed({ path, key, what, next }: ConfigProblem, document: JsonDocument): PlacedProblem {
  return { offset: key === undefined ? document.offsetOf(path) : document.offsetOfKey(path, key), what, next };
}

function refuse(file: string, text: string, problems: readonly PlacedProblem[]): never {
  const first = [...problems].sort((a, b) => a.offset - b.offset)[0];
  const { line, column } = positionAt(text, first?.offset ?? 0);
  const more = problems.length - 1;
  const tail = more > 0 ? ` (${more} more problem${more === 1 ? '' : 's'} in this file.)` : '';
  const what = first?.what ?? 'The file is empty.';
  throw new AutoSyncError({
    code: 'config',
    file,
    line,
    column,
    what,
    next: `${first?.next ?? 'Write at least {}.'}${tail}`,
  });
}

function problemsOf(value: unknown): readonly ConfigProblem[] {
  const problems = schemaProblems(value);
  return problems.length > 0 ? problems : meaningProblems(value as Partial<Config>);
}

/** What the schema cannot say: names that clash, and text that git must not be given. */
function meaningProblems({ siblings = [], target, validate }: Partial<Config>): readonly ConfigProblem[] {
  const checks = Array.isArray(validate?.checks) ? validate.checks : [];
  return [
    ...clashes(siblings, ['siblings']),
    ...clashes(checks, ['validate', 'checks']),
    ...clashes(validate?.smoke ?? [], ['validate', 'smoke']),
    ...(validate?.smoke ?? []).flatMap(({ expect }, index) =>
      upsideDown(expect, ['validate', 'smoke', index, 'expect']),
    ),
    ...siblings.flatMap((sibling, index) => siblingProblems(sibling, ['siblings', index])),
    ...unsafe(target?.branch, ['target', 'branch'], checkBranchName),
    ...unsafe(target?.remote, ['target', 'remote'], checkBranchName),
  ];
}

type Path = readonly (string | number)[];

/** Names must differ in more than letter case: they become files where case may not count. */
function clashes(named: readonly { readonly name: string }[], path: Path): readonly ConfigProblem[] {
  const names = named.map(({ name }) => name.toLowerCase());
  return named.flatMap(({ name }, index) => {
    const first = names.indexOf(name.toLowerCase());
    if (first === index) return [];
    const what = `"${spell([...path, index, 'name'])}" is ${show(name)}, which ${spell([...path, first])} is called already.`;
    return [{ path: [...path, index, 'name'], what, next: 'Give it a name of its own.' }];
  });
}

function upsideDown(expect: number | string | undefined, path: Path): readonly ConfigProblem[] {
  if (expect === undefined) return [];
  const { from, to } = statusRange(expect);
  if (from <= to) return [];
  return [
    { path, what: `"${spell(path)}" is ${show(expect)}, which no status is in.`, next: `Write "${to}-${from}".` },
  ];
}

function siblingProblems(sibling: SiblingConfig, path: Path): readonly ConfigProblem[] {
  return [
    ...unsafe(sibling.name, [...path, 'name'], checkBranchName),
    ...unsafe(sibling.url, [...path, 'url'], checkRemoteUrl),
    ...unsafe(sibling.path, [...path, 'path'], checkFolder),
    ...unsafe(sibling.branch, [...path, 'branch'], checkBranchName),
  ];
}

function unsafe(
  value: string | null | undefined,
  path: Path,
  check: (value: string) => string,
): readonly ConfigProblem[] {
  if (value === undefined || value === null) return [];
  try {
    check(value);
    return [];
  } catch (error) {
    if (!isProblem(error, 'unsafe-input')) throw error;
    return [{ path, what: `"${spell(path)}": ${error.message}`, next: 'Correct it.' }];
  }
}

function overDefaults(given: Partial<Config>): Config {
  const { version, target, filter, validate, decide, land, chain, schedule, notify, backup } = DEFAULT_CONFIG;
  const types = (given.filter?.types ?? filter.types).map((type) => type.toLowerCase());
  return {
    version,
    target: { ...target, ...given.target },
    siblings: (given.siblings ?? []).map((sibling) =>
      sibling.url === undefined ? sibling : { ...sibling, url: checkRemoteUrl(sibling.url) },
    ),
    filter: { ...filter, ...given.filter, types },
    validate: { ...validate, ...given.validate },
    decide: { ...decide, ...given.decide },
    land: { ...land, ...given.land },
    chain: { ...chain, ...given.chain, stages: { ...chain.stages, ...given.chain?.stages } },
    schedule: { ...schedule, ...given.schedule },
    notify: { ...notify, ...given.notify },
    backup: { ...backup, ...given.backup },
  };
}

type LineFinder = (path: Path) => number | null;

function lineFinder(document: JsonDocument, text: string): LineFinder {
  return (path) => (holds(document.value, path) ? positionAt(text, document.offsetOf(path)).line : null);
}

function holds(value: unknown, path: Path): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  return (
    typeof value === 'object' && value !== null && Object.hasOwn(value, step) && holds(Reflect.get(value, step), rest)
  );
}

function originsOf(config: Config, lineOf: LineFinder, file: string): ReadonlyMap<string, string> {
  return new Map(
    configEntries(config).map(({ path }) => {
      const line = lineOf(path);
      return [spell(path), line === null ? 'default' : `${file}:${line}`];
    }),
  );
}

/** Every value of a configuration with its path: members of sections, and the members of lists of objects one by one. */
export function configEntries(
  value: unknown,
  path: Path = [],
): readonly { readonly path: Path; readonly value: unknown }[] {
  if (path.length < 2 && isSection(value)) {
    return Object.entries(value).flatMap(([key, member]) => configEntries(member, [...path, key]));
  }
  if (Array.isArray(value) && value.length > 0 && value.every(isSection)) {
    return value.map((member, index) => ({ path: [...path, index], value: member }));
  }
  return [{ path, value }];
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
