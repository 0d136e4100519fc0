import { join, posix } from 'node:path';
import { readPlainFile } from './plainFile.js';

/** Where Prisma 6 and later looks for settings of its own (prisma.io, "Prisma Config reference"). */
const NAMES = ['prisma.config', '.config/prisma'] as const;
const ENDINGS = ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs'] as const;

/** Prisma's own settings: a program, of which only what stands there literally is known. */
export interface PrismaConfig {
  /** The folder of the file relative to the project; `.` for the root. */
  readonly folder: string;
  readonly text: string;
}

/** The settings file of Prisma in a project; null when there is none. */
export async function readPrismaConfig(folder: string): Promise<PrismaConfig | null> {
  for (const path of NAMES.flatMap((name) => ENDINGS.map((ending) => `${name}.${ending}`))) {
    const text = await readPlainFile(join(folder, path));
    if (text !== null) return { folder: posix.dirname(path), text };
  }
  return null;
}

/** Where the settings say that the schema is, relative to the project: a text, or texts that are joined. Null: nowhere. */
export function configuredSchema({ folder, text }: PrismaConfig): string | null {
  const value = /\bschema\s*:\s*(?:(?:path\s*\.\s*)?join\s*\(([^()]*)\)|(["'`][^"'`]*["'`]))/.exec(text);
  const parts = [...(value?.[1] ?? value?.[2] ?? '').matchAll(/["'`]([^"'`]+)["'`]/g)].map(([, part = '']) => part);
  return parts.length === 0 ? null : posix.join(folder, ...parts);
}

/** Variables without which the settings may not load: those that `env()` asks for, and addresses of databases. */
export function configuredVariables(text: string): readonly string[] {
  const asked = text.matchAll(/\benv(?:<[^<>]*>)?\(\s*["'`]([A-Za-z_]\w{0,99})["'`]\s*\)/g);
  const read = text.matchAll(/\bprocess\.env(?:\.|\[["'])([A-Za-z_]\w{0,99}(?:URL|URI|DSN))\b/g);
  return [...asked, ...read].map(([, name = '']) => name);
}
