/** Any value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** True for an object of JSON that is no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a key; an empty one when there is none. */
export function objectAt(value: JsonObject, key: string): JsonObject {
  const found = value[key];
  return isObject(found) ? found : {};
}

/** The text at a key; null when there is none. */
export function textAt(value: JsonObject, key: string): string | null {
  const found = value[key];
  return typeof found === 'string' ? found : null;
}

/** The texts in the list at a key. */
export function textsAt(value: JsonObject, key: string): readonly string[] {
  const found = value[key];
  return Array.isArray(found) ? found.filter((item): item is string => typeof item === 'string') : [];
}

/** `over` laid on `under`: objects are joined, everything else is replaced. */
export function overlay(under: Json, over: Json | undefined): Json {
  if (over === undefined) return under;
  if (!isObject(under) || !isObject(over)) return over;
  const joined = Object.entries(over).map(([key, value]) => [key, overlay(under[key] ?? null, value)] as const);
  return { ...under, ...Object.fromEntries(joined) };
}
