/** Columns of the texts that are opened as documents. */
const WIDTH = 88;

function pieces(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** A paragraph in lines of at most 88 columns where words allow it; what follows the first is indented like its mark. */
export function wrapText(text: string, mark = ''): readonly string[] {
  const indent = ' '.repeat(mark.length);
  return pieces(text, WIDTH - mark.length).map((line, index) => `${index === 0 ? mark : indent}${line}`);
}

/** A titled part of a document; nothing when it has no lines. */
export function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title.toUpperCase(), ...lines];
}
