import { isUtf8 } from 'node:buffer';

/** Splits a stream of bytes at NUL, git's `-z` separator, without ever holding more than one unfinished token. */
export class NulTokens {
  private rest: Buffer = Buffer.alloc(0);

  /** The tokens that end within this chunk. */
  *push(chunk: Buffer): Generator<Buffer> {
    let data = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0)) {
      yield data.subarray(0, end);
      data = data.subarray(end + 1);
    }
    this.rest = data;
  }

  /** What is left after the last NUL. */
  end(): Buffer {
    return this.rest;
  }
}

/** Decodes bytes of git: UTF-8 when they are, else Latin-1, so that no byte is lost; `exact` tells which. */
export function decode(bytes: Buffer): { readonly text: string; readonly exact: boolean } {
  return isUtf8(bytes)
    ? { text: bytes.toString('utf8'), exact: true }
    : { text: bytes.toString('latin1'), exact: false };
}

/** Splits `-z` output that is held whole. */
export function splitNul(bytes: Buffer): readonly string[] {
  const tokens = bytes.toString('utf8').split('\0');
  if (tokens.at(-1) === '') tokens.pop();
  return tokens;
}
