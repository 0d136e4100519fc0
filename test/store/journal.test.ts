import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeLine,
  encodeLine,
  type JournalBatch,
  lastSequence,
  parseJournal,
  replayAfter,
} from '../../src/store/journal.js';
import { decisionFact } from './sampleFacts.js';

const batch = (sequence: number): JournalBatch => ({ kind: 'batch', sequence, facts: [decisionFact(sequence)] });
const journalOf = (...sequences: readonly number[]): Buffer =>
  Buffer.from(sequences.map((sequence) => encodeLine(batch(sequence))).join(''));

describe('a line of the journal', () => {
  it('is JSON that reads back as what was written', () => {
    const line = encodeLine(batch(1));
    expect(JSON.parse(line)).toMatchObject({ crc: expect.stringMatching(/^[0-9a-f]{8}$/), sequence: 1 });
    expect(decodeLine(Buffer.from(line.trimEnd()))).toEqual(batch(1));
  });

  it('is refused after any single bit of it flipped', () => {
    const line = Buffer.from(encodeLine(batch(1)).trimEnd());
    fc.assert(
      fc.property(fc.nat(line.length - 1), fc.nat(7), (byte, bit) => {
        const flipped = Buffer.from(line);
        flipped.writeUInt8(line.readUInt8(byte) ^ (1 << bit), byte);
        // A flipped letter of the key or of the punctuation changes no value, and is refused all the same.
        expect(decodeLine(flipped)).toBeNull();
      }),
      { numRuns: 400 },
    );
  });
});

describe('parsing a journal', () => {
  it('reads every line in order', () => {
    const content = parseJournal(journalOf(1, 2, 3));
    expect(content.lines.map((line) => line.sequence)).toEqual([1, 2, 3]);
    expect(content).toMatchObject({ torn: false, damagedLine: null });
  });

  it('drops a tail that was cut at any byte and keeps the rest', () => {
    const whole = journalOf(1, 2);
    const firstLength = journalOf(1).length;
    for (let length = firstLength + 1; length < whole.length; length += 1) {
      const content = parseJournal(whole.subarray(0, length));
      expect(content.lines).toEqual([batch(1)]);
      expect(content).toMatchObject({ torn: true, damagedLine: null });
      expect(content.good).toEqual(journalOf(1));
    }
  });

  it('takes a tail of zeros for a torn tail', () => {
    const content = parseJournal(Buffer.concat([journalOf(1), Buffer.alloc(4096)]));
    expect(content).toMatchObject({ torn: true, lines: [batch(1)] });
  });

  it('names the damaged line in the middle', () => {
    const bytes = journalOf(1, 2, 3);
    bytes.write('X', journalOf(1).length + 40);
    const content = parseJournal(bytes);
    expect(content.damagedLine).toBe(2);
    expect(content.good).toEqual(journalOf(1, 3));
  });

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(parseJournal(Buffer.from(bytes)).lines).toEqual([]);
      }),
    );
  });
});

describe('replaying a journal', () => {
  const lines = [1, 2, 3, 5, 6].map(batch);

  it('takes what follows the state and stops at the first batch that is missing', () => {
    const replay = replayAfter(lines, 1);
    expect(replay.batches.map((one) => one.sequence)).toEqual([2, 3]);
    expect(replay).toMatchObject({ startsLate: false, stoppedEarly: true });
  });

  it('says when it begins later than the state ends', () => {
    expect(replayAfter(lines.slice(3), 1)).toMatchObject({ startsLate: true, stoppedEarly: false });
  });

  it('has nothing to do when the state is as new as the journal', () => {
    expect(replayAfter(lines, 6)).toEqual({ batches: [], startsLate: false, stoppedEarly: false });
    expect(lastSequence(lines)).toBe(6);
  });
});
