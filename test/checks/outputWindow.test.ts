import { describe, expect, test } from 'vitest';
import { outputWindow } from '../../src/checks/outputWindow.js';

describe('outputWindow', () => {
  test('keeps everything that fits', () => {
    const window = outputWindow(4, 8);
    for (const part of ['ab', 'cdef', 'gh']) window.add(Buffer.from(part));
    expect(window.text()).toBe('abcdefgh');
  });

  test('keeps the beginning and the end of what does not fit, and says how much is missing', () => {
    const window = outputWindow(4, 8);
    for (let index = 0; index < 100; index += 1) window.add(Buffer.from(String(index).padStart(4, '0')));
    expect(window.text()).toBe('0000\n[388 bytes left out]\n00980099');
  });
});
