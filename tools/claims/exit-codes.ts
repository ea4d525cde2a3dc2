/** What `npm run claims` exits with; usage.txt lists them. Set-up's own failure (3) is thrown by tools/setup. */
export const exitCodes = {
  /** Every law stands and every violation is detected. */
  stands: 0,
  rejected: 1,
  /** A notebook failed for another reason than its claims, or there is no run to judge. */
  failedNotebook: 2,
  usage: 64,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
