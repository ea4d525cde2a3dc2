import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { NetFileError, quoted } from "./net-file-error";

/** Reads parts of a file whose length was checked against a limit when it was opened. */
export interface RegularFile {
  /** Bytes. */
  readonly size: number;
  /** @throws NetFileError when the file has become shorter meanwhile */
  read(begin: number, end: number): Uint8Array;
}

/**
 * Opens a file, hands it to `use`, and closes it.
 *
 * @param maximumBytes the largest size that is accepted
 * @param advice what the error says to do about a larger one
 * @throws NetFileError when there is no such file, it may not be read, is a folder, a device or a pipe, or is too large
 */
export function withRegularFile<T>(
  path: string,
  maximumBytes: number,
  use: (file: RegularFile) => T,
  advice: string = "",
): T {
  let descriptor: number;
  try {
    // A pipe must not keep the reader waiting for a writer.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new NetFileError(`${quoted(path)} is not a file.`);
    if (status.size > maximumBytes) {
      throw new NetFileError(`${quoted(path)} has ${status.size} bytes; at most ${maximumBytes} are read.${advice}`);
    }
    const read = (begin: number, end: number): Uint8Array => readPart(descriptor, path, begin, end);
    return use({ size: status.size, read });
  } catch (error) {
    throw error instanceof NetFileError || !isSystemError(error) ? error : unreadable(path, error);
  } finally {
    closeSync(descriptor);
  }
}

function readPart(descriptor: number, path: string, begin: number, end: number): Uint8Array {
  const bytes = allocated(end - begin, path);
  for (let done = 0; done < bytes.length;) {
    const count = readSync(descriptor, bytes, done, Math.min(bytes.length - done, mostAtOnce), begin + done);
    if (count === 0) throw new NetFileError(`${quoted(path)} became shorter while it was read.`);
    done += count;
  }
  return bytes;
}

/** One system call reads less than 2 GiB. */
const mostAtOnce = 2 ** 30;

function allocated(length: number, path: string): Uint8Array {
  try {
    return new Uint8Array(length);
  } catch (error) {
    throw new NetFileError(`${quoted(path)}: there is no memory for ${length} of its bytes.`, { cause: error });
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EACCES: "may not be read",
  EPERM: "may not be read",
  EISDIR: "is a folder",
  ELOOP: "is a link that leads to itself",
  ENAMETOOLONG: "has too long a name",
};

/** What a system error says about a path. */
export function unreadable(path: string, error: unknown): NetFileError {
  const code = isSystemError(error) ? (error.code ?? "") : "";
  const reason = reasons[code] ?? `cannot be read (${code})`;
  return new NetFileError(`${quoted(path)} ${reason}.`, { cause: error });
}
