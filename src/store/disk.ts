import { constants } from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';

/** What the store needs to know of a file it holds open. */
export interface FileFacts {
  readonly ino: number;
  /** Bytes. */
  readonly size: number;
  /** 0 once the file was replaced or removed by somebody. */
  readonly nlink: number;
}

/** A file held open for writing. Every method rejects with the errno error of the system call. */
export interface OpenFile {
  /** Writes from `offset` of `bytes`; returns how many bytes the system took, which may be fewer. */
  write(bytes: Uint8Array, offset: number): Promise<number>;
  sync(): Promise<void>;
  datasync(): Promise<void>;
  stat(): Promise<FileFacts>;
  close(): Promise<void>;
}

/** The system calls by which the store changes the disk, apart so that tests can fail any one of them. */
export interface Disk {
  open(path: string, flags: number, mode: number): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

/** Refuses to follow a symbolic link put in a file's place; 0 where the platform has no such flag. */
export const NO_FOLLOW: number = constants.O_NOFOLLOW ?? 0;

/** The real disk. */
export const REAL_DISK: Disk = {
  open: async (path, flags, mode) => {
    const handle = await open(path, flags, mode);
    return {
      write: async (bytes, offset) => (await handle.write(bytes, offset, bytes.length - offset)).bytesWritten,
      sync: () => handle.sync(),
      datasync: () => handle.datasync(),
      stat: () => handle.stat(),
      close: () => handle.close(),
    };
  },
  rename,
  unlink,
};
