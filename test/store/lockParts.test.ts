import { describe, expect, it } from 'vitest';
import { parseHolder } from '../../src/store/fileLock.js';
import { lockAddress } from '../../src/store/lock.js';
import { isRunning, ownIdentity, parseProcStat } from '../../src/store/processIdentity.js';
import { writerOf } from '../../src/store/staleFiles.js';

describe('who holds a lock', () => {
  it('is read from the lock file', () => {
    const holder = { pid: 7, started: '99', nonce: '0123456789abcdef', since: '2026-01-02T03:04:05Z', command: 'sync' };
    expect(parseHolder(JSON.stringify(holder))).toEqual(holder);
  });

  it.each(['', 'null', '{}', '{"pid":1,"nonce":"../../x"}', '{"pid":-1,"nonce":"0123456789abcdef"}', '\0\0\0'])(
    'is nobody when the file says %j',
    (text) => {
      expect(parseHolder(text).pid).toBe(0);
    },
  );

  it('is not a later process that was given the same pid', async () => {
    const own = await ownIdentity();
    expect(await isRunning(own)).toBe(true);
    expect(await isRunning({ ...own, started: own.started === null ? null : '1' })).toBe(own.started === null);
  });

  it('is read from proc even when the name of the program has spaces and parentheses', () => {
    const fields = ['S', ...Array.from({ length: 18 }, (_, index) => String(index)), '4242', 'rest'];
    expect(parseProcStat(`12 (a) b (c)) ${fields.join(' ')}`)).toEqual({ state: 'S', started: '4242' });
    expect(parseProcStat('')).toBeNull();
  });
});

describe('the address of a lock', () => {
  it('differs by target and exists where the system frees it by itself', () => {
    expect(lockAddress('/one', 'linux')).not.toBe(lockAddress('/two', 'linux'));
    expect(lockAddress('/one', 'linux')?.startsWith('\0autosync-')).toBe(true);
    expect(lockAddress('/one', 'win32')?.startsWith('\\\\.\\pipe\\autosync-')).toBe(true);
    expect(lockAddress('/one', 'darwin')).toBeNull();
  });
});

describe('a temporary file', () => {
  it('names its writer, and nobody else is taken for one', () => {
    expect(writerOf('state.json.4711.0123456789abcdef.tmp')).toBe(4711);
    expect(writerOf('notes.tmp')).toBeNull();
    expect(writerOf('state.json.4711.xyz.tmp')).toBeNull();
  });
});
