import { describe, expect, it } from 'vitest';
import type { ChangeStatus } from '../../src/core/commit.js';
import { isMigration, isPrismaPath, migrationsAfter, prismaVetoes } from '../../src/core/prisma.js';

const change = (path: string, status: ChangeStatus = 'M', newBlob = 'new') => ({ path, status, newBlob });
const migration = (name: string, folder = 'prisma/migrations'): string => `${folder}/${name}/migration.sql`;
const FIRST = migration('20260101000000_init');
const SECOND = migration('20260201000000_users');
const present = new Map([
  [FIRST, 'first'],
  [SECOND, 'second'],
]);
const schema = change('prisma/schema.prisma');
const newest = change(migration('20260301000000_posts'), 'A');

describe('a pick', () => {
  it('that changes the schema and brings a newer migration is fine', () => {
    expect(prismaVetoes([schema, newest], present)).toEqual([]);
  });

  it('that changes the schema alone is vetoed, in words', () => {
    expect(prismaVetoes([schema], present)).toEqual([
      'It changes the schema prisma/schema.prisma without a migration in prisma/migrations, so databases would not follow.',
    ]);
  });

  it('that changes the schema of a project without migrations is fine', () => {
    expect(prismaVetoes([schema], new Map())).toEqual([]);
    const elsewhere = new Map([[migration('20260101000000_a', 'apps/api/prisma/migrations'), 'a']]);
    expect(prismaVetoes([change('apps/web/prisma/schema.prisma')], elsewhere)).toEqual([]);
  });

  it('needs the migration in the folder that its schema belongs to', () => {
    const two = new Map([...present, [migration('20260101000000_a', 'apps/api/prisma/migrations'), 'a']]);
    expect(prismaVetoes([change('apps/api/prisma/schema/user.prisma'), newest], two)).toEqual([
      expect.stringContaining('without a migration in apps/api/prisma/migrations'),
    ]);
  });

  it('that brings a migration older than the newest is vetoed, also between two that are there', () => {
    for (const name of ['20251201000000_old', '20260115000000_between', '0_init']) {
      expect(prismaVetoes([schema, change(migration(name), 'A')], present)).toEqual([
        `It brings the migration ${name}, which is older than 20260201000000_users, the newest that is there.`,
      ]);
    }
  });

  it('that edits or deletes a migration is vetoed', () => {
    expect(prismaVetoes([change(FIRST)], present)).toEqual([
      'It edits the migration 20260101000000_init, which databases may have applied.',
    ]);
    expect(prismaVetoes([change(FIRST, 'D', '0000')], present)).toEqual([
      'It deletes the migration 20260101000000_init, which databases may have applied.',
    ]);
    expect(prismaVetoes([change(FIRST, 'A', 'other')], present)).toHaveLength(1);
  });

  it('that brings a migration which is there already, byte for byte, changes nothing', () => {
    expect(prismaVetoes([change(FIRST, 'A', 'first')], present)).toEqual([]);
  });

  it('is judged with the migrations of the picks before it', () => {
    const after = migrationsAfter([newest, change(FIRST, 'D')], present);
    expect([...after.keys()]).toEqual([SECOND, newest.path]);
    expect(prismaVetoes([change(migration('20260215000000_late'), 'A')], after)).toEqual([
      expect.stringContaining('older than 20260301000000_posts'),
    ]);
  });

  it('shows no control character of a name', () => {
    const [veto] = prismaVetoes([change(migration('2020\x1b[2J\u202e'), 'A')], present);
    expect(veto).toContain('2020');
    expect(veto).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

it('paths of Prisma are its schemas and what lies in its folder', () => {
  const paths = ['prisma/seed.ts', 'schema.prisma', 'db/user.prisma', 'src/prisma.ts', 'src/prismatic/a.ts'];
  expect(paths.map(isPrismaPath)).toEqual([true, true, true, false, false]);
  expect([FIRST, 'prisma/migrations/migration_lock.toml', 'db/migrations/0001.sql'].map(isMigration)).toEqual([
    true,
    false,
    false,
  ]);
});
