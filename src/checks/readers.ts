import type { CheckReader } from '../core/config.js';
import { readPrisma } from './prismaOutput.js';
import { readBiome } from './readBiome.js';
import { readEslint } from './readEslint.js';
import type { Reader } from './reading.js';
import { readJest } from './readJest.js';
import { readJunit } from './readJunit.js';
import { readMocha } from './readMocha.js';
import { readNodeTest } from './readNodeTest.js';
import { readTsc } from './readTsc.js';
import { readVitest } from './readVitest.js';

type NamedReader = Exclude<CheckReader, `junit:${string}`>;

const READERS: Readonly<Record<NamedReader, Reader>> = {
  tsc: readTsc,
  eslint: readEslint,
  biome: readBiome,
  vitest: readVitest,
  jest: readJest,
  mocha: readMocha,
  'node-test': readNodeTest,
  prisma: readPrisma,
  'exit-code': () => ({ failures: [], tests: null }),
};

/** The reader that a check names. A `junit:` reader reads the report, not what the check printed. */
export function readerFor(reads: CheckReader): Reader {
  return isJunit(reads) ? readJunit : READERS[reads];
}

/** Path of the JUnit report that a check writes; null for every other reader. */
export function junitPath(reads: CheckReader): string | null {
  return isJunit(reads) ? reads.slice('junit:'.length) : null;
}

function isJunit(reads: CheckReader): reads is `junit:${string}` {
  return reads.startsWith('junit:');
}
