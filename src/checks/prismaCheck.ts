import type { Manifest } from './manifest.js';
import type { FoundChecks } from './scriptChecks.js';

/** The check of Prisma's schema, by the project's own `prisma`; `schema` is its path, null when there is none. */
export function prismaCheck(schema: string | null, manifest: Manifest): FoundChecks {
  if (schema === null) return { checks: [], notes: [] };
  if (!manifest.dependencies.has('prisma'))
    return { checks: [], notes: [`No prisma validate: there is ${schema}, and prisma is no dependency.`] };
  return {
    checks: [
      {
        name: 'prisma',
        kind: 'other',
        run: 'npx --no-install prisma validate',
        reads: 'prisma',
        because: `${schema}, with prisma among the dependencies`,
      },
    ],
    notes: [],
  };
}
