import type { Config } from './config.js';
import { spell } from './configProblems.js';
import { configEntries } from './readConfig.js';
import { createRedactor } from './redaction.js';
import { sanitize } from './sanitize.js';

const redact = createRedactor([]);

/** One line for each value of the configuration with where it came from: `land.maxPerRun = 20   (default)`. */
export function describeConfig(config: Config, origins: ReadonlyMap<string, string>): readonly string[] {
  return configEntries(config).map(({ path, value }) => {
    const name = spell(path);
    return sanitize(redact(`${name} = ${JSON.stringify(value)}   (${origins.get(name) ?? 'default'})`), 2_000);
  });
}
