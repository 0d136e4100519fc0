import { sanitize } from '../../core/sanitize.js';

const ASCII = /^[\x20-\x7e]*$/;
const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const COMBINING = /\p{Mark}/u;
/** Where a line may be broken: not between a number and its noun. */
const BREAKS = /(?<!(?:^|[ (])\d{1,9}) +/;
/** Longer lines are nobody's reading matter. */
const LONGEST = 4_000;

/** Columns that a text takes on a terminal; wide are East Asian characters and emoji (Unicode UAX 11). */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  return [...text].reduce((sum, character) => sum + widthOfCharacter(character), 0);
}

/** Foreign text made safe, on one line of at most `columns`; the last character is `…` when something was cut. */
export function cut(text: string, columns: number): string {
  const line = sanitize(text, LONGEST).trimEnd();
  return widthOf(line) <= columns ? line : `${head(line, Math.max(0, columns - 1)).trimEnd()}…`;
}

/** As `cut`, filled with spaces to exactly `columns`. */
export function fill(text: string, columns: number): string {
  const line = cut(text, columns);
  return line + ' '.repeat(Math.max(0, columns - widthOf(line)));
}

/** Foreign text made safe and broken between words into lines of at most `columns`, each after `indent` spaces. */
export function wrap(text: string, columns: number, indent = 0): readonly string[] {
  const room = Math.max(20, columns - indent);
  const words = sanitize(text, LONGEST)
    .trim()
    .split(BREAKS)
    .flatMap((word) => pieces(word, room));
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => ' '.repeat(indent) + line);
}

/** As `wrap`, behind a sign or label that stands in front of the first line only. */
export function hang(label: string, text: string, columns: number, indent = 0): readonly string[] {
  const sign = sanitize(label, Math.max(20, columns - 20));
  const [first = '', ...rest] = wrap(text, columns, indent + widthOf(sign));
  return [`${' '.repeat(indent)}${sign}${first.trimStart()}`.trimEnd(), ...rest];
}

function widthOfCharacter(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

function head(line: string, columns: number): string {
  let width = 0;
  let kept = '';
  for (const character of line) {
    width += widthOfCharacter(character);
    if (width > columns) break;
    kept += character;
  }
  return kept;
}

/** A word that is longer than a line, in parts that fit. */
function pieces(word: string, room: number): readonly string[] {
  if (widthOf(word) <= room) return [word];
  const first = head(word, room);
  return [first, ...pieces(word.slice(first.length), room)];
}
