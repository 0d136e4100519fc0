import { createRedactor } from '../core/redaction.js';

/** Every token that a window came to know, whatever it is for: none of them is ever shown. */
export class KnownTokens {
  private readonly known = new Set<string>();
  private clean = createRedactor([]);

  /** Takes note of a token. */
  learn(token: string): void {
    if (this.known.has(token)) return;
    this.known.add(token);
    this.clean = createRedactor([...this.known]);
  }

  /** Takes every known token out of a text, and whatever looks like one (design: reliability T10). */
  redact(text: string): string {
    return this.clean(text);
  }
}
