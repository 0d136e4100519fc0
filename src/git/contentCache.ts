import { createHash } from 'node:crypto';
import { appendFile, readFile, rm, stat } from 'node:fs/promises';

const MOST_BYTES = 32 * 1024 * 1024;

/** Ends every entry: one that a kill or a full disk cut off has none, and nothing written later completes it. */
const END = '\t.';

/**
 * Answers remembered by content: a key is the hash of everything the answer depends on, so an entry is never wrong
 * and never has to be invalidated. Kept as lines `key TAB value TAB .` in the cache folder; losing it costs only time.
 */
export class ContentCache {
  private readonly file: string;
  private readonly known: Map<string, string>;
  private fresh: string[] = [];

  private constructor(file: string, known: Map<string, string>) {
    this.file = file;
    this.known = known;
  }

  /** Reads the cache; an unreadable or too large file counts as empty, a torn entry as absent. */
  static async open(file: string, mostBytes = MOST_BYTES): Promise<ContentCache> {
    const size = (await stat(file).catch(() => null))?.size ?? 0;
    if (size > mostBytes) await rm(file, { force: true });
    const text = size === 0 || size > mostBytes ? '' : await readFile(file, 'utf8').catch(() => '');
    const known = new Map<string, string>();
    for (const line of text.split('\n')) {
      const tab = line.indexOf('\t');
      if (tab === 40 && line.endsWith(END)) known.set(line.slice(0, tab), line.slice(tab + 1, -END.length));
    }
    return new ContentCache(file, known);
  }

  /** The key for an answer that depends on these words. */
  static key(...words: readonly string[]): string {
    return createHash('sha1').update(words.join('\0')).digest('hex');
  }

  get(key: string): string | undefined {
    return this.known.get(key);
  }

  /** Remembers an answer; `value` is one line. */
  set(key: string, value: string): void {
    if (this.known.get(key) === value) return;
    this.known.set(key, value);
    this.fresh.push(`${key}\t${value}${END}\n`);
  }

  /** Appends what is new; nothing when nothing is. */
  async save(): Promise<void> {
    if (this.fresh.length === 0) return;
    const lines = `\n${this.fresh.join('')}`; // what was cut off before stays a line of its own
    this.fresh = [];
    await appendFile(this.file, lines).catch(() => undefined); // only time is lost
  }
}
