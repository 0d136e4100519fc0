import type { EditorEngine } from '../../core/engine.js';
import type { IncomingCommit } from '../../core/enhancement.js';
import { editorWords } from '../editorWords.js';
import type { EnhancementRow, FileRow, NoteRow } from './row.js';

/** How many commits' details are kept in mind. */
const MOST = 100;

/** Reads what only a closer look at a commit needs, once, and forgets it when the state changed. */
export class CommitDetails {
  private readonly engineOf: (target: string) => EditorEngine | undefined;
  private readonly known = new Map<string, Promise<IncomingCommit | null>>();

  constructor(engineOf: (target: string) => EditorEngine | undefined) {
    this.engineOf = engineOf;
  }

  /** Forgets everything. */
  clear(): void {
    this.known.clear();
  }

  /** The commit as the state knows it; null when it is no longer known. Throws what the engine throws. */
  of({ id, target, row }: EnhancementRow): Promise<IncomingCommit | null> {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const read = (this.engineOf(target)?.incoming(row.sibling, row.sha) ?? Promise.resolve(null)).catch((error) => {
      this.known.delete(id);
      throw error;
    });
    const [oldest] = this.known.keys();
    if (oldest !== undefined && this.known.size >= MOST) this.known.delete(oldest);
    this.known.set(id, read);
    return read;
  }

  /** The rows below a commit: its files, those that are kept first, or a note where there are none to name. */
  async filesOf(above: EnhancementRow): Promise<readonly (FileRow | NoteRow)[]> {
    try {
      const commit = await this.of(above);
      return commit === null
        ? [noteRow(above, 'It is no longer known. Refresh the view.')]
        : fileRows(above, commit.files);
    } catch (error) {
      return [noteRow(above, editorWords(error instanceof Error ? error.message : String(error)))];
    }
  }
}

const noteRow = ({ id, target }: EnhancementRow, text: string): NoteRow => ({
  kind: 'note',
  id: `${id}|note`,
  target,
  of: id,
  text,
});

/** The files of a commit as rows. */
export function fileRows(above: EnhancementRow, files: IncomingCommit['files']): readonly (FileRow | NoteRow)[] {
  const { id, target, row } = above;
  const rowOf = (path: string, rule: string | null): FileRow => ({
    kind: 'file',
    id: `${id}|${rule === null ? 'kept' : 'dropped'}|${path}`,
    target,
    row,
    path,
    rule,
  });
  const rows = [
    ...files.kept.map((path) => rowOf(path, null)),
    ...files.dropped.map(({ path, rule }) => rowOf(path, rule)),
  ];
  return rows.length === 0 ? [noteRow(above, 'It changes no file of its own.')] : rows;
}
