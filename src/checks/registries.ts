import { readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const SETTING = /^(?:@[\w.-]+:)?registry\s*=|^(?:https?-)?proxy\s*=|^noproxy\s*=|^cafile\s*=|^strict-ssl\s*=/;

/**
 * The lines of a user's `.npmrc` that say where packages come from. Nothing that could be a secret: no
 * login, no address with a password, no reference to a variable.
 */
export function registrySettings(npmrc: string): string {
  const lines = npmrc.split(/\r?\n/).map((line) => line.trim());
  const kept = lines.filter((line) => SETTING.test(line) && !/:\/\/.*@|\$\{/.test(line));
  return kept.map((line) => `${line}\n`).join('');
}

/** Gives an install, whose home is `home`, the user's registries and proxies. */
export async function lendRegistries(home: string): Promise<void> {
  const npmrc = await readFile(join(homedir(), '.npmrc'), 'utf8').catch(() => '');
  await writeFile(join(home, '.npmrc'), registrySettings(npmrc));
}
