import { type FoundFailure, shortLine } from './reading.js';

const RESULT = /^( *)not ok \d+ - (.*)$/;
const SUBTEST = /^( *)# Subtest: (.*)$/;
const DIRECTIVE = /(?<!\\) # (?:TODO|SKIP)\b.*$/i;

/** Reads failures from TAP as Node's test runner writes it: nested by four blanks, details in a YAML block. */
export function readTap(output: string): readonly FoundFailure[] {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const path: string[] = [];
  return lines.flatMap((line, index) => {
    const subtest = SUBTEST.exec(line);
    if (subtest) {
      path.length = Math.min(depthOf(subtest[1]), path.length);
      path.push(unescapeTap(subtest[2] ?? ''));
    }
    const result = RESULT.exec(line);
    if (!result || DIRECTIVE.test(line)) return [];
    const parents = path.slice(0, depthOf(result[1]));
    return failure([...parents, unescapeTap(result[2] ?? '')], details(lines.slice(index + 1), result[1] ?? '')) ?? [];
  });
}

function depthOf(indent = ''): number {
  return indent.length / 4;
}

/** A suite that failed only because of what is in it is no failure of its own. */
function failure(path: readonly string[], block: readonly string[]): FoundFailure | null {
  if (scalar(block, 'failureType') === 'subtestsFailed') return null;
  const file = shortLine(scalar(block, 'location')).replace(/(?::\d+)+$/, '');
  return { name: path.join(' > '), file: file === '' ? null : file, message: scalar(block, 'error') };
}

/** The YAML block below a result, without its indentation. */
function details(lines: readonly string[], indent: string): readonly string[] {
  if (lines[0] !== `${indent}  ---`) return [];
  const end = lines.indexOf(`${indent}  ...`);
  return lines.slice(1, end < 0 ? 1 : end).map((line) => line.slice(indent.length + 2));
}

/** First line of a value; quotes are Node's, which are those of JavaScript. */
function scalar(block: readonly string[], key: string): string {
  const at = block.findIndex((line) => line.startsWith(`${key}: `));
  const value = (block[at] ?? '').slice(key.length + 2);
  if (/^[|>]/.test(value)) return (block.slice(at + 1).find((line) => line.trim() !== '') ?? '').trim();
  const quoted = /^(['"`])(.*)\1$/.exec(value)?.[2];
  return quoted === undefined ? value : quoted.replace(/\\n.*$/, '').replace(/\\(.)/g, '$1');
}

function unescapeTap(name: string): string {
  return name.replace(/\\([\\#])/g, '$1');
}
