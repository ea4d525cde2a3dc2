import type { ClaimRecord } from "../run/claim";
import type { StoredClaim } from "./stored-claims";

/** Combined standard errors within which a random quantity must come back. */
const mostStandardErrors = 4;

/**
 * Where a standard error takes trained nets or chosen rates as given, so many times as far: over twenty families of keys, which
 * train and choose anew, 04's measurements spread at most 3.2 times their standard errors (environment.md).
 */
const spreadOfGiven = 3.2;

/** Significant digits of a stored number whose claim does not say to how many decimals it was rounded. */
const storedDigits = 6;

/**
 * Where a fresh run disagrees with the committed claims, in words: another verdict, a deterministic value that differs
 * in its stated digits, a random one by more than four combined standard errors (more where these take something as given that
 * another processor trains anew), a claim that came or went.
 */
export function disagreements(stored: readonly StoredClaim[], fresh: readonly ClaimRecord[]): string[] {
  const found: string[] = [];
  for (const claim of stored) {
    const now = fresh.find((other) => other.notebook === claim.notebook && other.id === claim.id);
    const name = `${claim.notebook} ${claim.id}`;
    if (now === undefined) found.push(`${name} is stored but was not measured`);
    else found.push(...differences(claim, now).map((difference) => `${name}: ${difference}`));
  }
  for (const claim of fresh) {
    const known = stored.some((other) => other.notebook === claim.notebook && other.id === claim.id);
    if (!known) found.push(`${claim.notebook} ${claim.id} was measured but is not stored`);
  }
  return found;
}

function differences(stored: StoredClaim, fresh: ClaimRecord): string[] {
  const found: string[] = [];
  if (stored.verdict !== fresh.verdict) found.push(`stored as "${stored.verdict}", now "${fresh.verdict}"`);
  if (stored.statement !== fresh.statement) found.push("its statement has changed");
  if (stored.conditionalOn !== fresh.conditionalOn) found.push("what it takes as given has changed");
  if (!agree(stored.predicted, fresh.predicted, unit(stored.predicted, stored.decimals))) {
    found.push(`predicted ${stored.predicted} when stored, ${fresh.predicted} now`);
  }
  // A test's statistic is random and has no standard error: its verdict is what must come back.
  if (typeof stored.predicted === "string" && typeof stored.measured === "number") return found;
  const allowed = Math.max(unit(stored.measured, stored.decimals), scatter(stored, fresh));
  if (!agree(stored.measured, fresh.measured, allowed)) {
    found.push(`measured ${stored.measured} when stored, ${fresh.measured} now; at most ${allowed} may lie between`);
  }
  return found;
}

/** Four standard errors of the difference of two measurements, more where these take something as given; 0 for what is deterministic. */
function scatter(stored: ClaimRecord, fresh: ClaimRecord): number {
  if (stored.standardError === null || fresh.standardError === null) return 0;
  const times = stored.conditionalOn === undefined ? mostStandardErrors : mostStandardErrors * spreadOfGiven;
  return times * Math.hypot(stored.standardError, fresh.standardError);
}

/** One unit in the last digit that was stored: rounding may move a value by that much between two processors. */
function unit(value: number | string, decimals: number | null): number {
  if (decimals !== null) return 10 ** -decimals * (1 + 1e-9);
  if (typeof value === "string" || value === 0) return 0;
  return 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - storedDigits) * (1 + 1e-9);
}

function agree(stored: number | string, fresh: number | string, allowed: number): boolean {
  if (typeof stored === "string" || typeof fresh === "string") return stored === fresh;
  return stored === fresh || Math.abs(stored - fresh) <= allowed;
}
