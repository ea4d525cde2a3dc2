import { accessSync, constants, mkdirSync } from "node:fs";
import { UsageError } from "../command-line/usage-error";

/** Makes the folder that results go to. @throws UsageError where it cannot be made or written */
export function makeSiteFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Results cannot be written to ${folder} (${reason}). Name another folder: --site DIR.`);
  }
}
