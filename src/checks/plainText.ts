const ESCAPES = [
  /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?/g, // operating system commands: links, titles, clipboard
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?/g, // control sequences: colours, cursor
  /\x1b[PX^_][^\x1b]*(?:\x1b\\)?/g, // device control and the other strings
  /\x1b[ -/]*[0-~]?/g,
];
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** Text without colours, terminal commands, control characters and the characters that turn or hide text. */
export function plainText(text: string): string {
  const visible = ESCAPES.reduce((rest, sequence) => rest.replace(sequence, ''), text);
  return visible.replace(/\r+\n|\r/g, '\n').replace(CONTROLS, '');
}

/** The end of a text, at most so many bytes of UTF-8 and no half character. */
export function endOfText(text: string, bytes: number): string {
  const encoded = Buffer.from(text);
  if (encoded.length <= bytes) return text;
  let start = encoded.length - bytes;
  while (((encoded[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return encoded.toString('utf8', start);
}
