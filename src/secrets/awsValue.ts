import type { AwsPlace } from './awsPlace.js';
import { unreadable } from './awsProblem.js';
import { type Environment, present, STORED_SECRETS } from './environment.js';

/** Names for one and the same thing: when the environment has one of them, none is taken from elsewhere. */
const SOURCE = ['AUTOSYNC_SOURCE_TOKEN', 'SOURCE_PAT'];
const ORIGIN = 'AUTOSYNC_SOURCE_ORIGIN';

/** JSON as an object; null when it is none. What a parser complains of would quote the text. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function textOf(place: AwsPlace, name: string, value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'string') throw unreadable(place, `${name} in it is no text`);
  const text = present(value);
  return text === null ? [] : [[name, text]];
}

/** The environment decides where its own token goes: an origin that is kept elsewhere comes with a token from there alone. */
function isWanted(environment: Environment, name: string): boolean {
  const has = (one: string): boolean => present(environment[one]) !== null;
  return !(SOURCE.includes(name) || name === ORIGIN ? has(name) || SOURCE.some(has) : has(name));
}

/**
 * What the answer to GetSecretValue holds by a name that AutoSync knows and the environment does not have. Throws
 * `secrets-unavailable` when the value is binary or no JSON object of texts.
 */
export function secretsIn(place: AwsPlace, answer: string, environment: Environment): Environment {
  const text = objectIn(answer)?.['SecretString'];
  if (typeof text !== 'string') throw unreadable(place, 'it holds no text');
  const values = objectIn(text);
  if (values === null) throw unreadable(place, 'its value is no JSON object');
  const wanted = [...STORED_SECRETS, ORIGIN].filter(
    (name) => Object.hasOwn(values, name) && isWanted(environment, name),
  );
  return Object.fromEntries(wanted.flatMap((name) => textOf(place, name, values[name])));
}
