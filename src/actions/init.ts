import { CONFIG_FILE } from '../core/config.js';
import { isProblem } from '../core/errors.js';
import type { InitReport, Relative } from '../core/reports.js';
import { checkRemoteUrl } from '../core/safeInput.js';

/** What `init` asks of the world. */
export interface InitPorts {
  readConfig(): Promise<string | null>;
  writeConfig(text: string): Promise<void>;
  relatives(): Promise<{ readonly found: readonly Relative[]; readonly looked: readonly string[] }>;
}

const isUsable = (relative: Relative): boolean => {
  if (relative.url === null) return true;
  try {
    return checkRemoteUrl(relative.url) !== '';
  } catch (error) {
    if (isProblem(error)) return false;
    throw error;
  }
};

function unique(found: readonly Relative[], names: readonly string[]): readonly Relative[] {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  return found.map((relative) => {
    let name = relative.name;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${relative.name}-${number}`;
    taken.add(name.toLowerCase());
    return { ...relative, name };
  });
}

/** The relatives whose address can be used, each with a name that none of `names` has. */
export function usableRelatives(found: readonly Relative[], names: readonly string[] = []): readonly Relative[] {
  return unique(found.filter(isUsable), names);
}

/** The text of a first configuration: the siblings that were found, and a line that says where the rest is explained. */
export function firstConfig(found: readonly Relative[]): string {
  const siblings = found.map(({ name, path, url, branch }) => {
    const parts = {
      name,
      ...(path === null ? {} : { path: path.replaceAll('\\', '/') }),
      ...(url === null ? {} : { url }),
      ...(branch === null ? {} : { branch }),
    };
    return `    ${JSON.stringify(parts).replaceAll('":"', '": "').replaceAll('","', '", "')}`;
  });
  const list = siblings.length === 0 ? '[]' : `[\n${siblings.join(',\n')}\n  ]`;
  return `// The family's policy; \`autosync config\` shows every key with its default.\n{\n  "version": 1,\n  "siblings": ${list}\n}\n`;
}

/** Finds related repositories and writes `.autosync/config.json`; a configuration that is there already is left alone. */
export async function initFamily(ports: InitPorts): Promise<InitReport> {
  const { found, looked } = await ports.relatives();
  const usable = usableRelatives(found);
  if ((await ports.readConfig()) !== null) return { file: CONFIG_FILE, written: false, found: usable, looked };
  await ports.writeConfig(firstConfig(usable));
  return { file: CONFIG_FILE, written: true, found: usable, looked };
}
