import { Ajv, type ErrorObject } from 'ajv';
import { closest, distance } from 'fastest-levenshtein';
import { CONFIG_SCHEMA } from './configSchema.js';
import { createRedactor } from './redaction.js';
import { sanitize } from './sanitize.js';

/** One thing that is wrong in a configuration: at a value, or at the name of a key. */
export interface ConfigProblem {
  readonly path: readonly (string | number)[];
  /** Set when the problem is a key of the object at `path`, not its value. */
  readonly key?: string;
  readonly what: string;
  readonly next: string;
}

const validate = new Ajv({ allErrors: true, strict: false, verbose: true, logger: false }).compile(CONFIG_SCHEMA);
const redact = createRedactor([]);
/** Keywords that only say that another one failed. */
const ECHOES: ReadonlySet<string> = new Set(['if', 'then', 'else']);

/** Everything in which a value departs from the schema, in words. */
export function schemaProblems(value: unknown): readonly ConfigProblem[] {
  if (validate(value)) return [];
  const errors = (validate.errors ?? []).filter(isOwn);
  const mistyped = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath));
  return errors.filter(({ keyword, instancePath }) => keyword === 'type' || !mistyped.has(instancePath)).map(problemOf);
}

/** A path as people write it: `siblings[0].url`; `the configuration` for the root. */
export function spell(path: readonly (string | number)[]): string {
  const spelled = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return path.length === 0 ? 'the configuration' : sanitize(spelled.replace(/^\./, ''), 120);
}

/** A value as JSON for a message: short, safe to show, without secrets. */
export function show(value: unknown): string {
  return sanitize(redact(sanitize(JSON.stringify(value) ?? 'nothing', 2_000)), 80);
}

function isOwn({ keyword, schemaPath }: ErrorObject): boolean {
  return !ECHOES.has(keyword) && !(keyword === 'required' && schemaPath.includes('/oneOf/'));
}

function problemOf(error: ErrorObject): ConfigProblem {
  const path = pathOf(error.instancePath);
  const name = path.length === 0 ? 'The configuration' : `"${spell(path)}"`;
  const is = `${name} is ${show(error.data)}`;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error, path);
    case 'type':
      return {
        path,
        what: `${name} is ${aType(typeOf(error.data))} (${show(error.data)}).`,
        next: `It must be ${allowedTypes(error)}.`,
      };
    case 'enum':
      return { path, what: `${is}.`, next: `It must be ${allowedValues(error)}.` };
    case 'const':
      return {
        path,
        what: `${is}.`,
        next: `It must be ${show(error.params.allowedValue)}; update AutoSync when the file is newer.`,
      };
    case 'pattern':
      return {
        path,
        what: `${is}.`,
        next: `It must be ${error.parentSchema?.patternErrorMessage ?? error.params.pattern}.`,
      };
    case 'required':
      return { path, what: `${name} has no "${error.params.missingProperty}".`, next: 'Add it.' };
    case 'oneOf':
      return {
        path,
        what: `${name} must have exactly one of "url" and "path".`,
        next: 'Write "url" for an address, or "path" for a folder.',
      };
    default:
      return { path, what: `${is}.`, next: `It ${error.message ?? 'is not allowed'}.` };
  }
}

function unknownKey(error: ErrorObject, path: readonly (string | number)[]): ConfigProblem {
  const key = String(error.params.additionalProperty);
  const known = Object.keys(error.parentSchema?.properties ?? {}).filter((name) => name !== '$schema');
  const near = closest(key.slice(0, 60).toLowerCase(), known);
  const isNear =
    distance(key.slice(0, 60).toLowerCase(), near.toLowerCase()) <= Math.max(2, Math.floor(near.length / 2));
  const place = path.length === 0 ? '' : ` in ${spell(path)}`;
  const hint = isNear ? `Did you mean "${near}"?` : `The nearest known key is "${near}".`;
  return { path, key, what: `Unknown key ${show(key)}${place}.`, next: `${hint} Known keys: ${known.join(', ')}.` };
}

function pathOf(pointer: string): readonly (string | number)[] {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

const aType = (type: string): string => (type === 'null' ? 'null' : `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`);

function allowedTypes(error: ErrorObject): string {
  return [error.schema]
    .flat()
    .map((type) => aType(String(type)))
    .join(' or ');
}

function allowedValues(error: ErrorObject): string {
  return (error.params.allowedValues as readonly unknown[]).map(show).join(' or ');
}
