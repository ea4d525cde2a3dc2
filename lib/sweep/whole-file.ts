import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";

const host = encodeURIComponent(hostname());
const day = 24 * 3600 * 1000;

/**
 * Writes a file to a temporary name beside it, flushed to the disk, then renames it, so that a reader or a second writer
 * sees the whole file or none. Folders on the way are made.
 * @throws Error when the folder cannot be written or the disk is full; nothing is left behind then
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  try {
    await writeOnce(file, text);
  } catch (error) {
    // Another host may have taken the temporary file for abandoned, by a clock of its own.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    await writeOnce(file, text);
  }
}

async function writeOnce(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  const temporary = join(folder, `.${host}.${process.pid}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    const directory = await open(folder, "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Removes the temporary files in a folder whose writers are gone: at once where they ran on this host, after a day where
 * they ran on another.
 */
export function removeAbandoned(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(".tmp")) continue;
    const file = join(folder, name);
    const [, writerHost, writer] = name.split(".");
    const gone = writerHost === host ? !isRunning(Number(writer)) : isOld(file);
    if (gone) rmSync(file, { force: true });
  }
}

function isOld(file: string): boolean {
  const status = statSync(file, { throwIfNoEntry: false });
  return status !== undefined && status.mtimeMs < Date.now() - day;
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, but runs.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
