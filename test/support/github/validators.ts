import { Ajv, type ValidateFunction } from 'ajv';
import type { Description, Operation } from './description.js';
import { isObject, type Json, type JsonObject } from './json.js';

/** What an operation says of the messages it takes and gives; every answer is a list of what is wrong. */
export interface Validators {
  parameters(
    operation: Operation,
    place: 'path' | 'query',
    values: Readonly<Record<string, string>>,
  ): readonly string[];
  /** `body` is undefined when none was sent. */
  body(operation: Operation, body: Json | undefined): readonly string[];
  answer(operation: Operation, status: number, body: Json | undefined): readonly string[];
}

/** Statuses that GitHub may answer everywhere, whether the description of an operation says so or not. */
const ANYWHERE = new Set([304, 401, 403, 404, 422, 429, 500, 502, 503]);

const FORMATS: Readonly<Record<string, RegExp | true>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  uri: /^[a-z][a-z0-9+.-]*:[^\s]+$/i,
  email: /^[^@\s]+@[^@\s]+$/,
  'repo.nwo': /^[^/\s]+\/[^/\s]+$/,
  int64: true,
  'ssh-url': true,
  'timezone-offset': true,
};

/** OpenAPI 3.0 in the words of JSON Schema: `nullable` becomes a choice, references point into one document. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => plain(item));
  if (!isObject(value)) return value;
  const { nullable, ...rest } = value;
  const inner: JsonObject = Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, plain(item ?? null)]));
  const reference = inner['$ref'];
  const moved =
    typeof reference === 'string'
      ? { ...inner, $ref: reference.replace('#/components/schemas/', 'github#/definitions/') }
      : inner;
  return nullable === true ? { anyOf: [moved, { type: 'null' }] } : moved;
}

/** The same schema where an object may hold only the keys that are named: GitHub would silently drop the others. */
function closed(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => closed(item));
  if (!isObject(value)) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, closed(item ?? null)]));
  const open = isObject(inner['properties']) && inner['additionalProperties'] === undefined;
  return open ? { ...inner, additionalProperties: false } : inner;
}

function problems(check: ValidateFunction, value: unknown, subject: string): readonly string[] {
  if (check(value)) return [];
  return (check.errors ?? []).map((error) => {
    const more = error.params['additionalProperty'] ?? error.params['allowedValues'];
    return `${subject}${error.instancePath} ${error.message}${more === undefined ? '' : ` (${more})`}`;
  });
}

/** Compiles what the description says, each part when it is first needed. */
export function makeValidators({ schemas }: Description): Validators {
  const options = { strict: false, allErrors: true, formats: FORMATS };
  const exact = new Ajv(options);
  const coercing = new Ajv({ ...options, coerceTypes: true });
  const definitions = { $id: 'github', definitions: plain(schemas) };
  exact.addSchema(definitions);
  coercing.addSchema(definitions);
  const compiled = new Map<string, ValidateFunction>();
  const once = (key: string, ajv: Ajv, schema: () => Json): ValidateFunction => {
    const check = compiled.get(key) ?? ajv.compile(schema() as JsonObject);
    compiled.set(key, check);
    return check;
  };
  const parameterSchema = (operation: Operation, place: string): JsonObject => {
    const here = operation.parameters.filter((parameter) => parameter.place === place);
    return {
      type: 'object',
      properties: Object.fromEntries(here.map(({ name, schema }) => [name, plain(schema)])),
      required: here.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    };
  };
  return {
    parameters(operation, place, values) {
      const check = once(`${operation.id} ${place}`, coercing, () => parameterSchema(operation, place));
      return problems(check, { ...values }, place);
    },
    body(operation, body) {
      if (operation.body === null) return body === undefined ? [] : ['body is sent where none is taken'];
      if (body === undefined) return operation.body.required ? ['body is missing'] : [];
      const { schema } = operation.body;
      return problems(
        once(`${operation.id} body`, exact, () => closed(plain(schema))),
        body,
        'body',
      );
    },
    answer(operation, status, body) {
      const schema = operation.answers.get(status);
      if (schema === undefined)
        return ANYWHERE.has(status) ? [] : [`answer ${status} is none that GitHub describes for ${operation.id}`];
      // Refusals carry a message, also where the description leaves it out.
      if (schema === null)
        return body === undefined || status >= 400 ? [] : [`answer ${status} has a body where GitHub sends none`];
      return problems(
        once(`${operation.id} ${status}`, exact, () => plain(schema)),
        body ?? null,
        'answer',
      );
    },
  };
}
