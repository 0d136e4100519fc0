import type { StatusReport } from '../core/reports.js';

/** What came of reading the state. */
export type Reading =
  | { readonly kind: 'read'; readonly status: StatusReport }
  | { readonly kind: 'failed'; readonly error: unknown };

type Listener = (reading: Reading) => void;

/** Reads the state once for all who show it. */
export class StateFeed {
  private readonly read: () => Promise<StatusReport>;
  private readonly listeners = new Set<Listener>();
  private asked = false;
  private working: Promise<void> | null = null;

  constructor(read: () => Promise<StatusReport>) {
    this.read = read;
  }

  /** Tells every later reading to `listener`, until what is returned is disposed. */
  listen(listener: Listener): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  /** Reads the state anew. However often it is called while a reading is under way, one more reading follows. */
  refresh(): Promise<void> {
    this.asked = true;
    this.working ??= this.work().finally(() => {
      this.working = null;
    });
    return this.working;
  }

  private async work(): Promise<void> {
    while (this.asked) {
      this.asked = false;
      const reading = await this.once();
      for (const listener of this.listeners) listener(reading);
    }
  }

  private async once(): Promise<Reading> {
    try {
      return { kind: 'read', status: await this.read() };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }
}
