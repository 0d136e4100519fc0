import { statfs } from 'node:fs/promises';

/** Room that a check leaves to everybody else, in bytes; on a small disk a twentieth of it. */
const LEFT_FREE = 256 * 1024 * 1024;

/** Time between two looks at the disk, in milliseconds. */
const PAUSE = 250;

/** False when the disk that holds `folder` is as good as full. */
export async function hasRoom(folder: string): Promise<boolean> {
  const disk = await statfs(folder).catch(() => null);
  if (disk === null || disk.blocks === 0) return true;
  return disk.bavail * disk.bsize >= Math.min(LEFT_FREE, (disk.blocks * disk.bsize) / 20);
}

/** Calls `full` when the disk that holds `folder` becomes as good as full; returns what ends the watch. */
export function watchRoom(folder: string, full: () => void): () => void {
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    if (!(await hasRoom(folder))) full();
    looking = false;
  };
  const timer = setInterval(() => void look(), PAUSE);
  return () => clearInterval(timer);
}
