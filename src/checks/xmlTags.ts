/** One tag of an XML text with what follows it. */
export interface XmlTag {
  readonly kind: 'open' | 'close' | 'empty';
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Text between this tag and the next one, entities and CDATA decoded. */
  readonly text: string;
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * The tags of an XML text in order. Tolerant on purpose: it looks for tags, resolves only the five
 * predefined entities and character references (no external entity, ever), and stops quietly where
 * the text is cut. Linear in the length of the text.
 */
export function xmlTags(xml: string): readonly XmlTag[] {
  const tags: XmlTag[] = [];
  let at = xml.indexOf('<');
  while (at >= 0) {
    const end = endOfTag(xml, at);
    if (end < 0) break;
    const next = nextTag(xml, end);
    if (/[\w/]/.test(xml[at + 1] ?? '')) tags.push(parseTag(xml.slice(at + 1, end - 1), textOf(xml.slice(end, next))));
    at = next < xml.length ? next : -1;
  }
  return tags;
}

function endOfTag(xml: string, start: number): number {
  if (xml.startsWith('<!--', start)) return after(xml, '-->', start);
  let quote = '';
  for (let at = start + 1; at < xml.length; at += 1) {
    const character = xml.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
  }
  return -1;
}

function after(xml: string, text: string, from: number): number {
  const at = xml.indexOf(text, from);
  return at < 0 ? -1 : at + text.length;
}

/** Where the next tag starts; what looks like one inside CDATA is text. */
function nextTag(xml: string, from: number): number {
  let at = xml.indexOf('<', from);
  while (at >= 0 && xml.startsWith('<![CDATA[', at)) {
    const end = after(xml, ']]>', at);
    at = end < 0 ? -1 : xml.indexOf('<', end);
  }
  return at < 0 ? xml.length : at;
}

function parseTag(inside: string, text: string): XmlTag {
  const name = /^\/?\s*([^\s/>]+)/.exec(inside)?.[1] ?? '';
  const kind = inside.startsWith('/') ? 'close' : inside.endsWith('/') ? 'empty' : 'open';
  const pairs = [...inside.matchAll(/(?<![^\s=/"'])([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return {
    kind,
    name,
    text,
    attributes: new Map(pairs.map((pair) => [pair[1] ?? '', decode(pair[2] ?? pair[3] ?? '')])),
  };
}

/** Where a CDATA section has no end, none after it has one either: it is looked for once. */
function textOf(raw: string): string {
  const parts: string[] = [];
  for (let at = 0; ; ) {
    const start = raw.indexOf('<![CDATA[', at);
    const end = start < 0 ? -1 : raw.indexOf(']]>', start);
    if (end < 0) return [...parts, decode(raw.slice(at))].join('');
    parts.push(decode(raw.slice(at, start)), raw.slice(start + '<![CDATA['.length, end));
    at = end + ']]>'.length;
  }
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED.get(name) ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
