import { describe, expect, it } from 'vitest';
import { readDescription } from './description.js';
import { neededFor } from './permissions.js';
import { ROUTES } from './routes.js';

describe('the operations of the stand-in', () => {
  it('are those of its description, each with what it needs of a token', () => {
    const described = readDescription().operations.map(({ id }) => id);
    expect(described.length).toBeGreaterThan(50);
    expect(Object.keys(ROUTES).sort()).toEqual([...described].sort());
    expect(described.flatMap((id) => neededFor(id)).every(({ level }) => ['read', 'write'].includes(level))).toBe(true);
  });
});
