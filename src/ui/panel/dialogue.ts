import { assertNever, isProblem } from '../../core/errors.js';
import type { Kpis } from '../../core/kpi.js';
import { type FromPage, isFromPage, type PageCommand, type PageContent, type ToPage } from '../../core/protocol.js';
import type { RowFilter } from '../../core/rowFilter.js';
import { sanitize } from '../../core/sanitize.js';
import { editorWords } from '../editorWords.js';
import type { PanelSource } from './panelSource.js';

/** UTF-16 units of a problem's message that are shown. */
const LONGEST_MESSAGE = 2000;

/** What the editor's side of the panel works with. */
export interface DialogueOptions {
  readonly sources: () => readonly PanelSource[];
  readonly reveal: (target: string, filter: RowFilter) => void;
  readonly run: (command: PageCommand) => void;
  readonly post: (message: ToPage) => void;
}

/** What is shown of a target that could not be read. */
function troubleOf(error: unknown): PageContent {
  const message = sanitize(editorWords(error instanceof Error ? error.message : String(error)), LONGEST_MESSAGE);
  return { kind: isProblem(error, 'no-config') ? 'not-set-up' : 'failed', message };
}

/** Why siblings could not be read, in the words of the editor. */
function inEditorWords(kpis: Kpis): Kpis {
  const siblings = kpis.siblings.map((one) => (one.error === null ? one : { ...one, error: editorWords(one.error) }));
  return { ...kpis, siblings };
}

async function contentOf(source: PanelSource | undefined): Promise<PageContent> {
  if (source === undefined) return { kind: 'no-target' };
  try {
    return { kind: 'figures', kpis: inEditorWords(await source.kpis()) };
  } catch (error) {
    return troubleOf(error);
  }
}

/** The editor's side of the talk with one page: which target it shows, and what is answered to each message. */
export class PanelDialogue {
  private readonly options: DialogueOptions;
  /** What was asked for; it may not be there yet while the editor starts. */
  private wanted: string | null;
  private asked = false;
  private isOpen = true;
  private working: Promise<void> | null = null;

  constructor(options: DialogueOptions, wanted: string | null) {
    this.options = options;
    this.wanted = wanted;
  }

  /** Answers a message of the page; what has none of the known shapes is passed over. */
  receive(message: unknown): void {
    if (this.isOpen && isFromPage(message)) this.answer(message);
  }

  /** Shows another target. */
  choose(target: string): void {
    this.wanted = target;
    void this.refresh();
  }

  /** Reads the chosen target anew. However often it is called during a reading, one more reading follows. */
  refresh(): Promise<void> {
    this.asked = true;
    this.working ??= this.work();
    return this.working;
  }

  /** Says nothing any more. */
  close(): void {
    this.isOpen = false;
  }

  private answer(message: FromPage): void {
    switch (message.kind) {
      case 'ready':
        this.wanted ??= message.target;
        void this.refresh();
        return;
      case 'refresh':
        void this.refresh();
        return;
      case 'choose':
        this.choose(message.target);
        return;
      case 'reveal':
        if (this.options.sources().some(({ id }) => id === message.target))
          this.options.reveal(message.target, message.filter);
        return;
      case 'run':
        this.options.run(message.command);
        return;
      default:
        assertNever(message);
    }
  }

  private chosen(): PanelSource | undefined {
    const sources = this.options.sources();
    return sources.find(({ id }) => id === this.wanted) ?? sources[0];
  }

  private async work(): Promise<void> {
    try {
      while (this.asked && this.isOpen) await this.read();
    } finally {
      // Here, and not when the promise is settled: what is asked for in between would not be heard.
      this.working = null;
    }
  }

  private async read(): Promise<void> {
    this.asked = false;
    const source = this.chosen();
    this.say({ kind: 'reading', chosen: source?.id ?? null });
    const content = await contentOf(source);
    // Figures of a target that is no longer the chosen one would overwrite the new choice.
    if (source?.id === this.chosen()?.id) this.say(this.messageOf(source, content));
  }

  private messageOf(source: PanelSource | undefined, content: PageContent): ToPage {
    const targets = this.options.sources().map(({ id, name }) => ({ id, name: sanitize(name) }));
    return { kind: 'content', targets, chosen: source?.id ?? null, content };
  }

  private say(message: ToPage): void {
    if (this.isOpen) this.options.post(message);
  }
}
