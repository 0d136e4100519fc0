import { fieldsOf } from './fields.js';
import { parseObject } from './manifest.js';
import { type FoundFailure, firstLine, type Reading } from './reading.js';

/** Reads what Mocha's `json` reporter prints, also below lines that the tests print; null when it is not there. */
export function readMochaJson(output: string): Reading | null {
  const start = /^\{\s*"stats": \{/m.exec(output)?.index;
  if (start === undefined) return null;
  const report = parseObject(output.slice(start, output.lastIndexOf('}') + 1));
  if (!Array.isArray(report?.failures)) return null;
  const { passes, failures } = fieldsOf(report.stats);
  const counted = typeof passes === 'number' && typeof failures === 'number';
  return {
    failures: report.failures.map(failureOf),
    tests: counted ? { passed: passes, failed: failures } : null,
  };
}

function failureOf(value: unknown): FoundFailure {
  const { fullTitle, file, err } = fieldsOf(value);
  const { stack, message } = fieldsOf(err);
  const said = [stack, message].find((text) => typeof text === 'string' && text !== '');
  return {
    name: typeof fullTitle === 'string' ? fullTitle : 'a test',
    file: typeof file === 'string' ? file : null,
    message: typeof said === 'string' ? firstLine(said.split('\n')) : '',
  };
}
