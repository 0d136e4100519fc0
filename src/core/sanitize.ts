/** Operating-system command, device control and the other strings of ECMA-48, up to their terminator or the end of the line. */
const CONTROL_STRINGS = /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\r\n]*(?:\x07|\x1b\\|\x9c)?/g;
/** Control sequences of ECMA-48 such as colours and cursor moves. */
const CONTROL_SEQUENCES = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?/g;
/** Every other escape sequence, also a lone ESC. */
const ESCAPES = /\x1b[ -/]*[0-~]?/g;
const LINE_BREAKS = /\r\n?|[\n\v\f\x85\u2028\u2029]/g;
/**
 * Control characters (C0, DEL, C1), and all that Unicode calls ignorable by default: bidirectional controls,
 * zero-width characters, tags, variation selectors, fillers. U+FFF9-FFFB are interlinear annotation marks.
 */
const INVISIBLE = /[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
/** As `INVISIBLE`, but line feed and tab stay. */
const INVISIBLE_IN_BLOCK = /(?![\n\t])[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
/** Halves of a surrogate pair that stand alone: no UTF-8 can hold them. */
const LONE_SURROGATES = /\p{Surrogate}/gu;
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Makes foreign text safe to show on one line: a subject, a name, a path, an error (design: reliability T13).
 *
 * Whole escape sequences, lone control characters and invisible characters are removed, line breaks and tabs become
 * spaces. At most `limit` UTF-16 units are returned, the last being `…` when something was cut. Markup is not
 * escaped: that is up to whoever renders. Emoji that are joined by U+200D fall apart into their parts.
 */
export function sanitize(text: string, limit = 500): string {
  if (text.length <= limit && PLAIN.test(text)) return text;
  const line = withoutEscapes(text).replace(LINE_BREAKS, ' ').replace(/\t/g, ' ').replace(INVISIBLE, '');
  return cut(line.replace(LONE_SURROGATES, '\ufffd'), limit);
}

/**
 * As `sanitize`, for text of many lines: line feed and tab stay, every other line break becomes a line feed.
 * At most `limit` UTF-16 units are returned, default 65,536.
 */
export function sanitizeBlock(text: string, limit = 65_536): string {
  const block = withoutEscapes(text).replace(LINE_BREAKS, '\n').replace(INVISIBLE_IN_BLOCK, '');
  return cut(block.replace(LONE_SURROGATES, '\ufffd'), limit);
}

function withoutEscapes(text: string): string {
  return text.replace(CONTROL_STRINGS, '').replace(CONTROL_SEQUENCES, '').replace(ESCAPES, '');
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, Math.max(0, limit - 1));
  return `${/[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head}…`;
}
