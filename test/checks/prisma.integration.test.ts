import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Check } from '../../src/core/check.js';
import { commandCheck, type Files, makeChecks, makeProject, never } from './project.js';

/**
 * Stands in for Prisma's own program, which is big: it prints what the real one prints (captured elsewhere) and is
 * here for how we start it and read it, not for what Prisma finds.
 */
const PRISMA = `#!/bin/sh
[ "$1" = validate ] || exit 9
[ -n "$DATABASE_URL" ] || { echo "Error code: P1012"; echo "error: Environment variable not found: DATABASE_URL."; exit 1; }
[ -e "$PRISMA_SCHEMA_ENGINE_BINARY" ] || { echo "Error: request to https://example.test failed"; exit 1; }
grep -q Strin prisma/schema.prisma || { echo "The schema at prisma/schema.prisma is valid"; exit 0; }
printf 'Error code: P1012\\nerror: Type "Strin" is not known.\\n  -->  prisma/schema.prisma:9\\n   | \\n\\nPrisma CLI Version : 6.16.2\\n'
exit 1
`;
const schema = (type: string) =>
  `datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\nmodel A {\n  id ${type} @id\n}\n`;
const project = (type: string): Files => ({
  'package.json': { name: 'app', devDependencies: { prisma: '6' } },
  'prisma/schema.prisma': schema(type),
  'node_modules/.bin/prisma': PRISMA,
  'node_modules/prisma/package.json': { name: 'prisma', version: '6.16.2' },
});

const runPrisma = async (files: Files) => {
  const [checks, folder] = await Promise.all([makeChecks(), makeProject(files)]);
  const found = (await checks.detect(folder)).checks.find(({ name }) => name === 'prisma');
  if (found === undefined) throw new Error('There is no prisma check.');
  return checks.run(folder, found, never());
};

test("a schema is validated by the project's own prisma, with stand-ins for engines and addresses", async () => {
  expect(await runPrisma(project('Int'))).toMatchObject({ check: 'prisma', status: 'passed', failures: [] });
});

test('an error in the schema is a failure with code, file and message', async () => {
  expect((await runPrisma(project('Strin'))).failures).toEqual([
    { check: 'prisma', name: 'P1012', file: 'prisma/schema.prisma', message: 'Type "Strin" is not known.' },
  ]);
});

test('a check that the configuration lists gets the stand-ins too when it is read as prisma', async () => {
  const [checks, folder] = await Promise.all([makeChecks(), makeProject(project('Int'))]);
  const listed: Check = { name: 'p', kind: 'other', run: 'prisma validate', reads: 'prisma', because: 'the test' };
  expect(await checks.run(folder, listed, never())).toMatchObject({ status: 'passed' });
  const unread = await checks.run(folder, { ...listed, reads: 'exit-code' }, never());
  expect(unread.failures).toMatchObject([{ message: expect.stringContaining('DATABASE_URL') }]);
});

test('a schema, settings or a manifest that lead to a pipe, which a check left, are not waited for', async () => {
  const { 'prisma/schema.prisma': _, ...rest } = project('String');
  const [checks, folder] = await Promise.all([makeChecks(), makeProject(rest)]);
  await checks.run(folder, commandCheck('mkdir .turbo prisma && mkfifo .turbo/pipe'), never());
  await symlink('../.turbo/pipe', join(folder, 'prisma/schema.prisma'));
  await symlink('.turbo/pipe', join(folder, 'prisma.config.ts'));
  const check = (await checks.detect(folder)).checks.find(({ name }) => name === 'prisma');
  expect(check).toBeDefined();
  expect(await checks.run(folder, commandCheck('echo ran', { reads: 'prisma' }), never())).toMatchObject({
    status: 'passed',
  });
});

test('where prisma is no dependency there is a note and no check; without a schema there is neither', async () => {
  const checks = await makeChecks();
  const bare = await makeProject({ 'package.json': { name: 'app' }, 'prisma/schema.prisma': schema('Int') });
  const { checks: none, notes } = await checks.detect(bare);
  expect(none).toEqual([]);
  expect(notes).toContain('No prisma validate: there is prisma/schema.prisma, and prisma is no dependency.');
  const without = await checks.detect(await makeProject({ 'package.json': { devDependencies: { prisma: '6' } } }));
  expect(without.checks).toEqual([]);
  expect(without.notes.join()).not.toContain('prisma');
});

test('the schema is found where package.json names it, and only inside the project', async () => {
  const checks = await makeChecks();
  const named = (place: unknown, files: Files = {}) =>
    makeProject({
      'package.json': { devDependencies: { prisma: '6' }, prisma: { schema: place } },
      'db/schema/a.prisma': schema('Int'),
      ...files,
    });
  const because = async (folder: string) => (await checks.detect(folder)).checks.map((check) => check.because);
  expect(await because(await named('./db/schema'))).toEqual(['db/schema, with prisma among the dependencies']);
  expect(await because(await named('../..'))).toEqual([]);
  expect(await because(await named('/etc/passwd'))).toEqual([]);
  expect(await because(await named(7, { 'schema.prisma': schema('Int') }))).toHaveLength(1);
});
