/** What `npm run regions` exits with; usage.txt and README.md list them. Set-up's own failure (3) is thrown by tools/setup. */
export const exitCodes = {
  counted: 0,
  failedSetUp: 3,
  usage: 64,
  /** The net's file, or the file of a segment or plane, cannot be read or is not what it should be. */
  badFile: 65,
  /** A fault of the program itself. */
  software: 70,
  pictureNotWritten: 73,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
