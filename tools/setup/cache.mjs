/** Where downloads and builds are kept: outside the clone, so that a second clone or `npm ci` costs seconds. */
import { mkdirSync, statfsSync } from "node:fs";
import { cacheFolder } from "../../lib/datasets/cache-folder.cjs";
import { SetUpError } from "./failure.mjs";
import { megabytes } from "./progress.mjs";

export { cacheFolder };

/** Makes the cache folder and sees that `bytes` fit. @param {number} bytes @param {string} what @returns {string} */
export function cacheWithRoom(bytes, what) {
  const folder = cacheFolder();
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new SetUpError(
      `The cache folder ${folder} cannot be made (${error.code}). Name another: FATHOM_CACHE=/some/folder`,
      { cause: error },
    );
  }
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= bytes) return folder;
  throw new SetUpError(
    `${what} needs ${megabytes(bytes)} in ${folder}, where ${megabytes(bavail * bsize)} are free. ` +
      "Free some, or name a folder on another disk: FATHOM_CACHE=/some/folder",
  );
}
