import { type FoundFailure, firstLine, type Reading, shortLine } from './reading.js';
import { readMochaJson } from './readMochaJson.js';

const ENTRY = /^ {2}\d+\) (.+)$/;
const FRAME = /^\s+at .*?\(?((?:file:\/\/)?[^\s()]+):\d+:\d+\)?$/;

/** Reads the closing list of Mocha's `spec` and `dot` reporters, or the document of its `json` reporter. */
export function readMocha(output: string): Reading {
  return readMochaJson(output) ?? readList(output);
}

function readList(output: string): Reading {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const start = lines.findIndex((line) => /^\s+\d+ failing$/.test(line));
  return { failures: start < 0 ? [] : entries(lines.slice(start + 1)), tests: countTests(lines) };
}

function entries(lines: readonly string[]): readonly FoundFailure[] {
  const starts = lines.flatMap((line, index) => (ENTRY.test(line) ? index : []));
  return starts.map((start, index) => entry(lines.slice(start, starts[index + 1] ?? lines.length)));
}

function entry([head = '', ...rest]: readonly string[]): FoundFailure {
  const deeper = titleDepth(rest);
  const titles = [ENTRY.exec(head)?.[1] ?? head, ...rest.slice(0, deeper).map((line) => line.trim())];
  const body = rest.slice(deeper);
  return { name: titles.join(' > ').replace(/:$/, ''), file: fileOf(body), message: firstLine(body) };
}

/** Mocha indents the n-th title of a path by 5 + 2n blanks; messages stand at 5 or 6. */
function titleDepth(lines: readonly string[]): number {
  const end = lines.findIndex((line, index) => line.search(/\S/) !== 7 + 2 * index);
  return end < 0 ? lines.length : end;
}

function fileOf(body: readonly string[]): string | null {
  const frames = body.flatMap((line) => FRAME.exec(shortLine(line))?.[1] ?? []);
  return frames.find((file) => !file.startsWith('node:') && !file.includes('node_modules')) ?? null;
}

function countTests(lines: readonly string[]): Reading['tests'] {
  const count = (word: string): number | null => {
    const line = lines.find((text) => new RegExp(`^\\s+\\d+ ${word}\\b`).test(text));
    return line === undefined ? null : Number.parseInt(line.trim(), 10);
  };
  const passed = count('passing');
  return passed === null ? null : { passed, failed: count('failing') ?? 0 };
}
