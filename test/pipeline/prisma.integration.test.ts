import { describe, expect, it } from 'vitest';
import { makeFamily, rowOf, standingsOf, TEMPLATE } from '../support/family.js';

const migration = (name: string): string => `prisma/migrations/${name}/migration.sql`;
const schema = (...models: readonly string[]): string =>
  models.map((model) => `model ${model} {\n  id Int @id\n}\n\n\n\n`).join('');
const FILES = {
  ...TEMPLATE,
  'prisma/schema.prisma': schema('User'),
  [migration('20260201000000_users')]: 'CREATE TABLE users ();\n',
};

describe('a commit that touches Prisma', () => {
  it('merges by itself with its migration; without one, with an old one or with one rewritten it waits, in words', async () => {
    const family = makeFamily(['acme'], FILES);
    family.configure({ validate: { checks: [{ name: 'proof', run: 'true' }] } });
    const acme = family.sibling('acme');
    const whole = family.commit(acme, 'feat: posts', {
      'prisma/schema.prisma': schema('User', 'Post'),
      [migration('20260301000000_posts')]: 'CREATE TABLE posts ();\n',
    });
    const old = family.commit(acme, 'feat: old', { [migration('20260215000000_old')]: 'CREATE TABLE old ();\n' });
    const edit = family.commit(acme, 'fix: edit', { [migration('20260201000000_users')]: 'CREATE TABLE people ();\n' });
    const alone = family.commit(acme, 'feat: alone', { 'prisma/schema.prisma': schema('User', 'Post', 'Tag') });
    const report = await family.sync();
    expect(standingsOf(report, [whole, old, edit, alone])).toEqual(['landed', 'review', 'review', 'review']);
    expect([whole, old, edit, alone].map((sha) => rowOf(report, sha).vetoes)).toEqual([
      [],
      [
        'It brings the migration 20260215000000_old, which is older than 20260301000000_posts, the newest that is there.',
      ],
      ['It edits the migration 20260201000000_users, which databases may have applied.'],
      [expect.stringContaining('changes the schema prisma/schema.prisma without a migration in prisma/migrations')],
    ]);
    expect(rowOf(report, whole).risk).toMatchObject({ score: 4 });
  });

  it('is not judged by migrations where the target has none', async () => {
    const family = makeFamily(['acme'], { ...TEMPLATE, 'prisma/schema.prisma': schema('User') });
    family.configure({ validate: { checks: [{ name: 'proof', run: 'true' }] } });
    const one = family.commit(family.sibling('acme'), 'feat: posts', {
      'prisma/schema.prisma': schema('User', 'Post'),
    });
    expect(rowOf(await family.scan(), one).risk).toMatchObject({ score: 3 });
    expect(rowOf(await family.sync(), one)).toMatchObject({ standing: 'landed', vetoes: [] });
  });
});
