import { createChecks } from '../../../src/checks/checks.js';
import { DEFAULT_CONFIG } from '../../../src/core/config.js';

const { cacheFolder, folder, isolation, command } = JSON.parse(process.argv[2] ?? '');

/** One check in a process of its own, which the test that started it kills. */
const checks = createChecks({ config: DEFAULT_CONFIG.validate, cacheFolder, isolation });
const check = { name: 'command', kind: 'other', run: command, reads: 'exit-code', because: 'the test' } as const;
await checks.run(folder, check, new AbortController().signal);
