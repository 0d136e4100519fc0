import { describe, expect, test } from 'vitest';
import { standIns } from '../../src/checks/prismaCommand.js';
import { configuredSchema } from '../../src/checks/prismaConfig.js';
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

/** So many assignments are there whatever the schema is. */
const FIXED = standIns('').length;

describe('standIns', () => {
  const schema = (provider: string, more = '') =>
    `datasource db {\n  provider = "${provider}"\n  url = env("DATABASE_URL")\n${more}}\n`;

  test('give each variable of the schema an address of its provider', () => {
    expect(standIns(schema('mysql', '  directUrl = env( "DIRECT" )\n')).slice(FIXED)).toEqual([
      "DATABASE_URL='mysql://localhost/none'",
      "DIRECT='mysql://localhost/none'",
    ]);
    expect(standIns(schema('sqlite')).at(-1)).toBe("DATABASE_URL='file:./none.db'");
  });

  test("give what Prisma's own settings ask for an address too, and replace nothing else that they read", () => {
    const config = `url: env('DATABASE_URL'), a: env<E>("A"), b: process.env.SHADOW_URL!, c: process.env['THE_DSN'], d: process.env.PATH`;
    expect(standIns(schema('sqlite'), config).slice(FIXED)).toEqual(
      ['DATABASE_URL', 'A', 'SHADOW_URL', 'THE_DSN'].map((name) => `${name}='file:./none.db'`),
    );
    expect(standIns('', "env('A;touch x')")).toHaveLength(FIXED);
  });

  test('keep Prisma from telling anybody that it runs', () => {
    expect(standIns('')).toContain('CHECKPOINT_DISABLE=1');
  });

  test('take no name that could be more than a name', () => {
    expect(standIns('url = env("A;touch x")\nurl = env("A B")\nurl = env("A\'")')).toHaveLength(FIXED);
  });

  test('know no provider that the prototype knows', () => {
    expect(standIns(schema('constructor')).at(-1)).toBe("DATABASE_URL='postgresql://localhost/none'");
  });
});

describe('configuredSchema', () => {
  test.each([
    ["schema: 'db/schema.prisma'", 'db/schema.prisma'],
    ["schema: path.join('prisma', 'models'),", 'prisma/models'],
    ['schema: join("db")', 'db'],
    ['schema: somewhere()', null],
    ['migrations: {}', null],
  ])('finds in %s the place %s', (text, place) => {
    expect(configuredSchema({ folder: '.', text })).toBe(place);
  });

  test('is meant from where the settings stand', () => {
    expect(configuredSchema({ folder: '.config', text: "schema: '../db'" })).toBe('db');
  });
});
