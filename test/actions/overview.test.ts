import { expect, it } from 'vitest';
import { incomingRow } from '../../src/actions/overview.js';
import { sampleCommit } from '../ui/tree/samples.js';

it('a row says that a person resolved the conflicts of its commit', () => {
  const resolved = { by: 'A. Keeper', at: '2026-03-07T12:00:00.000Z' };
  expect(incomingRow({ sibling: 'acme', commit: sampleCommit({ resolved }) })).toMatchObject({ resolved: true });
  expect(incomingRow({ sibling: 'acme', commit: sampleCommit() })).not.toHaveProperty('resolved');
});
