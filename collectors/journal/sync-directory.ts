import { open } from 'node:fs/promises';

/** A created or renamed file survives a power cut only once its directory is on disk too. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
