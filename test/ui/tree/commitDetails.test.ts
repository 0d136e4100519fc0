import { expect, it } from 'vitest';
import type { EditorEngine } from '../../../src/core/engine.js';
import type { IncomingCommit } from '../../../src/core/enhancement.js';
import { AutoSyncError } from '../../../src/core/errors.js';
import { CommitDetails } from '../../../src/ui/tree/commitDetails.js';
import type { EnhancementRow } from '../../../src/ui/tree/row.js';
import { sampleCommit, sampleRow } from './samples.js';

const rowAt = (number: number): EnhancementRow => ({
  kind: 'enhancement',
  id: `commit-${number}`,
  target: 'target',
  row: sampleRow(number),
});

/** Details over an engine that answers with what `answer` says, and how often it was asked. */
function detailsWith(answer: () => Promise<IncomingCommit | null>) {
  const asked: string[] = [];
  const engine: Pick<EditorEngine, 'incoming'> = {
    incoming: (_sibling, sha) => {
      asked.push(sha);
      return answer();
    },
  };
  return { asked, details: new CommitDetails(() => engine as EditorEngine) };
}

it('a commit is asked for once, and anew after the state changed', async () => {
  const { asked, details } = detailsWith(async () => sampleCommit());
  await Promise.all([details.of(rowAt(1)), details.of(rowAt(1))]);
  expect(asked).toHaveLength(1);
  details.clear();
  await details.of(rowAt(1));
  expect(asked).toHaveLength(2);
});

it('the commit that was asked for longest ago is forgotten first', async () => {
  const { asked, details } = detailsWith(async () => sampleCommit());
  for (let number = 0; number <= 100; number++) await details.of(rowAt(number));
  await details.of(rowAt(100));
  expect(asked).toHaveLength(101);
  await details.of(rowAt(0));
  expect(asked).toHaveLength(102);
});

it('a failure is told below the commit in the words of the editor, and asked about again', async () => {
  const { asked, details } = detailsWith(() =>
    Promise.reject(new AutoSyncError({ code: 'unknown-commit', given: 'abc', why: 'it is gone' })),
  );
  const [note] = await details.filesOf(rowAt(1));
  expect(note?.kind === 'note' && note.text).toMatch(
    /^abc is no incoming commit: it is gone\. .*"AutoSync: Scan" looks again/,
  );
  await details.filesOf(rowAt(1));
  expect(asked).toHaveLength(2);
});

it('a commit that is no longer known says so', async () => {
  const { details } = detailsWith(async () => null);
  expect(await details.filesOf(rowAt(1))).toMatchObject([{ kind: 'note' }]);
});
