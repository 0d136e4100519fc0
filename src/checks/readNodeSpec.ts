import { type FoundFailure, firstLine, shortLine } from './reading.js';

const HEADING = /^(?:✖ failing tests:|Failed tests:)$/;
const PLACE = /^test at (.+?)(?::\d+)+$/;
const TREE_LINE = /^( *)([▶✖]) (.*?)(?: \([\d.]+ms\))?$/;
const ENTRY = /^✖ (.*?)(?: \([\d.]+ms\))?( # TODO.*)?$/;

/** Reads failures from the `spec` reporter of Node's test runner: the closing list, with full names from the tree above. */
export function readNodeSpec(output: string): readonly FoundFailure[] {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const start = lines.findIndex((line) => HEADING.test(line));
  if (start < 0) return [];
  const names = fullNames(lines.slice(0, start));
  let file: string | null = null;
  return lines.slice(start + 1).flatMap((line, index) => {
    file = PLACE.exec(shortLine(line))?.[1] ?? file;
    const entry = ENTRY.exec(line);
    if (!entry || entry[2] !== undefined) return [];
    const name = entry[1] ?? '';
    const message = firstLine(lines.slice(start + index + 2, start + index + 12));
    return { name: names.get(name)?.shift() ?? name, file, message };
  });
}

/**
 * Name of a failed test -> its full names, in the order of the report, which is the order of the closing list.
 *
 * The line that closes a suite is left out: a suite is listed only when it failed by itself.
 */
function fullNames(tree: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const path: string[] = [];
  for (const line of tree) {
    const [, indent = '', sign, name = ''] = TREE_LINE.exec(line) ?? [];
    if (sign === undefined) continue;
    const depth = Math.min(indent.length / 2, path.length);
    const closes = path[depth] === name;
    path.length = depth;
    if (sign === '▶') path.push(name);
    else if (!closes) found.set(name, [...(found.get(name) ?? []), [...path, name].join(' > ')]);
  }
  return found;
}
