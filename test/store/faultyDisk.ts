import { type Disk, type OpenFile, REAL_DISK } from '../../src/store/disk.js';

/** What goes wrong from a given system call on. */
export type Fault =
  /** Only that call fails. */
  | { readonly kind: 'once'; readonly errno: string }
  /** That call and all after it fail: the process was killed, or the disk stays full. */
  | { readonly kind: 'ever'; readonly errno: string }
  /** From that call on a write takes only half of the bytes, and the next one none: the disk is full. */
  | { readonly kind: 'full' };

/** A disk whose call number `at` (1-based) goes wrong. */
export interface FaultyDisk {
  readonly disk: Disk;
  /** Calls so far. */
  calls(): number;
  /** Nothing goes wrong any more. */
  heal(): void;
}

const failure = (errno: string): Error => Object.assign(new Error(errno), { code: errno });

/** Real files, with one fault. */
export function makeFaultyDisk(at: number, fault: Fault): FaultyDisk {
  let count = 0;
  let isHealed = false;
  let halved = 0;
  const fails = (): boolean => {
    count += 1;
    if (isHealed || fault.kind === 'full') return false;
    return fault.kind === 'once' ? count === at : count >= at;
  };
  const check = (): void => {
    if (fails()) throw failure(fault.kind === 'full' ? 'ENOSPC' : fault.errno);
  };
  const call = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    check();
    return work();
  };
  const fileOf = (file: OpenFile): OpenFile => ({
    write: (bytes, offset) =>
      call(async () => {
        if (isHealed || fault.kind !== 'full' || count < at) return file.write(bytes, offset);
        halved += 1;
        if (halved > 1) throw failure('ENOSPC');
        return file.write(bytes.subarray(0, offset + Math.ceil((bytes.length - offset) / 2)), offset);
      }),
    sync: () => call(() => file.sync()),
    datasync: () => call(() => file.datasync()),
    stat: () => file.stat(),
    close: () => file.close(),
  });
  const disk: Disk = {
    open: (path, flags, mode) => call(async () => fileOf(await REAL_DISK.open(path, flags, mode))),
    rename: (from, to) => call(() => REAL_DISK.rename(from, to)),
    unlink: (path) => call(() => REAL_DISK.unlink(path)),
  };
  const heal = (): void => {
    isHealed = true;
  };
  return { disk, calls: () => count, heal };
}
