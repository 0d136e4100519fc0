import { describe, expect, test } from 'vitest';
import { standIns } from '../../src/checks/prismaCommand.js';
import { readPrisma } from '../../src/checks/prismaOutput.js';
import { captured } from './captured.js';

const TYPES = ['Usr', 'Strin'].map((type) => ({
  name: 'P1012',
  file: 'prisma/schema.prisma',
  message: `Type "${type}" is neither a built-in type, nor refers to another model, composite type, or enum.`,
}));

describe('readPrisma', () => {
  test.each(['prisma6', 'prisma7'])('finds every error of %s with its file', (name) => {
    expect(readPrisma(captured(name))).toEqual({ failures: TYPES, tests: null });
  });

  test('finds a variable that is not set', () => {
    expect(readPrisma(captured('prisma6.environment')).failures).toEqual([
      { name: 'P1012', file: 'prisma/schema.prisma', message: 'Environment variable not found: DATABASE_URL.' },
    ]);
  });

  test('finds an error without a place, and nothing in what is fine', () => {
    expect(readPrisma('error: no such thing\n').failures).toEqual([
      { name: 'prisma validate', file: null, message: 'no such thing' },
    ]);
    expect(readPrisma('The schema at prisma/schema.prisma is valid\n').failures).toEqual([]);
  });
});

describe('standIns', () => {
  const schema = (provider: string, more = '') =>
    `datasource db {\n  provider = "${provider}"\n  url = env("DATABASE_URL")\n${more}}\n`;

  test('give each variable of the schema an address of its provider', () => {
    expect(standIns(schema('mysql', '  directUrl = env( "DIRECT" )\n')).slice(2)).toEqual([
      "DATABASE_URL='mysql://localhost/none'",
      "DIRECT='mysql://localhost/none'",
    ]);
    expect(standIns(schema('sqlite')).at(-1)).toBe("DATABASE_URL='file:./none.db'");
  });

  test('take no name that could be more than a name', () => {
    expect(standIns('url = env("A;touch x")\nurl = env("A B")\nurl = env("A\'")')).toHaveLength(2);
  });

  test('know no provider that the prototype knows', () => {
    expect(standIns(schema('constructor')).at(-1)).toBe("DATABASE_URL='postgresql://localhost/none'");
  });
});
