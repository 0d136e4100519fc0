/** Texts by name, the oldest forgotten when there are too many UTF-16 units of them. */
export class TextCache {
  private readonly texts = new Map<string, string>();
  private readonly most: number;
  private units = 0;

  constructor(most: number) {
    this.most = most;
  }

  /** The text with a name; undefined when it is not known any more. */
  get(name: string): string | undefined {
    const text = this.texts.get(name);
    if (text === undefined) return undefined;
    this.texts.delete(name);
    this.texts.set(name, text);
    return text;
  }

  /** Keeps a text, and forgets those that were not asked for the longest. */
  set(name: string, text: string): void {
    this.forget(name);
    this.texts.set(name, text);
    this.units += text.length;
    for (const oldest of this.texts.keys()) {
      if (this.units <= this.most) break;
      this.forget(oldest);
    }
  }

  private forget(name: string): void {
    this.units -= this.texts.get(name)?.length ?? 0;
    this.texts.delete(name);
  }
}
