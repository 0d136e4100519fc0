/** Tells whether a value that came from elsewhere has the shape of `T`. */
export type Shape<T> = (value: unknown) => value is T;

/** The shapes of the fields of `T`. */
export type Fields<T> = { readonly [Key in keyof T]-?: Shape<T[Key]> };

/** Any text. */
export const isText = (value: unknown): value is string => typeof value === 'string';

/** A number that can be shown: neither infinite nor `NaN`. */
export const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** A whole number from 0. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** True or false. */
export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** One of a list of words. */
export function oneOf<Word extends string>(words: readonly Word[]): Shape<Word> {
  const known: ReadonlySet<unknown> = new Set(words);
  return (value): value is Word => known.has(value);
}

/** What `shape` allows, or null. */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value): value is T | null => value === null || shape(value);
}

/** A field that may be missing. */
export function optional<T>(shape: Shape<T>): Shape<T> {
  return (value): value is T => value === undefined || shape(value);
}

/** A list of what `shape` allows. */
export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(shape);
}

/** An object that has these fields; others beside them are let through, and nobody reads them. */
export function objectOf<T extends object>(fields: Fields<T>): Shape<T> {
  const known = Object.entries<Shape<unknown>>(fields);
  return (value): value is T => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const found = new Map(Object.entries(value));
    return known.every(([name, shape]) => shape(found.get(name)));
  };
}

/** What is allowed under every one of some names. */
export function recordOf<Name extends string, T>(names: readonly Name[], shape: Shape<T>): Shape<Record<Name, T>> {
  return (value): value is Record<Name, T> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const found = new Map(Object.entries(value));
    return names.every((name) => shape(found.get(name)));
  };
}
