import { describe, expect, it } from 'vitest';
import { decodeMirror, encodeMirror, sha256, withSortedKeys } from '../../src/store/mirror.js';

const text = '{\n    "siblings": [],\n    "runs": [\n      {\n        "run": "run-1"\n      }\n    ]\n  }';
const encoded = (): Buffer => Buffer.from(encodeMirror({ text, sha256: sha256(text) }, 3, 9));

describe('a mirror file', () => {
  it('reads back as what was written, indented for people', () => {
    expect(decodeMirror(encoded())).toMatchObject({ generation: 3, sequence: 9, facts: sha256(text) });
    expect(encoded().toString()).toBe(`${JSON.stringify(JSON.parse(encoded().toString()), null, 2)}\n`);
  });

  it('is refused after any single bit of it flipped', () => {
    const bytes = encoded();
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(decodeMirror(flipped), `bit ${bit}`).toBeNull();
    }
  });

  it('is refused when it was cut anywhere', () => {
    const bytes = encoded();
    for (let length = 0; length < bytes.length; length += 1) expect(decodeMirror(bytes.subarray(0, length))).toBeNull();
  });
});

describe('sorted keys', () => {
  it('make equal text of equal facts, and leave the order of lists alone', () => {
    const left = { b: [{ y: 1, x: null }, 'z', 'a'], a: true };
    const right = { a: true, b: [{ x: null, y: 1 }, 'z', 'a'] };
    expect(JSON.stringify(withSortedKeys(left))).toBe('{"a":true,"b":[{"x":null,"y":1},"z","a"]}');
    expect(JSON.stringify(withSortedKeys(left))).toBe(JSON.stringify(withSortedKeys(right)));
  });
});
