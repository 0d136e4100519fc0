import { describe, expect, it } from 'vitest';
import { backupName, expiredBackups, hourOf } from '../../src/store/backupCopies.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-10T12:30:00Z');
const copiesOfHours = (hours: number): readonly string[] =>
  Array.from({ length: hours }, (_, age) => backupName(NOW - age * HOUR));

describe('backups', () => {
  it('are named by the hour, so that the newest of an hour replaces the last', () => {
    expect(backupName(NOW)).toBe('2026-03-10T12.json.gz');
    expect(hourOf('2026-03-10T12.json')).toBe(Date.parse('2026-03-10T12:00:00Z'));
    expect(hourOf('before-restore-2026-03-10T12-00-00.000Z.json')).toBeNull();
  });

  it('are kept hourly for a day and daily for a month', () => {
    const names = copiesOfHours(24 * 40);
    const expired = new Set(expiredBackups(names, NOW));
    const kept = names.filter((name) => !expired.has(name));
    const today = kept.filter((name) => NOW - (hourOf(name) ?? 0) < 24 * HOUR);
    expect(today).toHaveLength(24);
    const older = kept.slice(today.length);
    expect(older.every((name) => name.endsWith('T23.json.gz'))).toBe(true);
    expect(older).toHaveLength(30);
  });

  it('leave alone what is no hourly copy', () => {
    expect(expiredBackups(['before-restore-2020-01-01T00-00-00.000Z.json', 'notes.json'], NOW)).toEqual([]);
  });
});
