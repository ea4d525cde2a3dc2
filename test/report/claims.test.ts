import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  agrees,
  above,
  breakIt,
  ClaimsError,
  claimsMimeType,
  exact,
  showClaims,
  within,
  type Claim,
} from "fathom/report";
import { inFakeKernel } from "./fake-kernel";

const named = (id: string): { id: string; statement: string; source: string } => ({
  id,
  statement: `${id} < holds.`,
  source: "Paper & others",
});
const agreeing = (id: string, z: number): Claim =>
  agrees(named(id), { predicted: 1, measured: 1 + 0.0123 * z, standardError: 0.0123, resolution: 0.05 });

describe("the claims table", () => {
  let folder: string;
  let before: string | undefined;
  const file = (): string => join(folder, "01-curvature.json");
  const written = (): { claims: Record<string, unknown>[] } =>
    JSON.parse(readFileSync(file(), "utf8")) as { claims: Record<string, unknown>[] };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "claims-"));
    before = process.env.FATHOM_CLAIMS;
    process.env.FATHOM_CLAIMS = folder;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.FATHOM_CLAIMS;
    else process.env.FATHOM_CLAIMS = before;
    rmSync(folder, { recursive: true });
  });

  it("is written as JSON, every digit, and nothing else is left in the folder", () => {
    showClaims("01-curvature", [agreeing("slope", 1.5), exact(named("count"), { predicted: "21", measured: "21" })]);
    assert.deepEqual(written().claims[0], {
      notebook: "01-curvature",
      id: "slope",
      statement: "slope < holds.",
      source: "Paper & others",
      predicted: 1,
      measured: 1 + 0.0123 * 1.5,
      standardError: 0.0123,
      rule: "two-sided normal test; standard error at most 0.05",
      verdict: "holds",
    });
    assert.equal(written().claims[1].measured, "21");
    assert.deepEqual(readdirSync(folder), ["01-curvature.json"]);
  });

  it("is written and shown before it throws, and the error names what is red", async () => {
    const straddling = above(named("growth"), { bound: 0, measured: 0.1, standardError: 0.1 });
    const { shown, failed } = await inFakeKernel(() =>
      showClaims("01-curvature", [agreeing("slope", 9), straddling, agreeing("other", 0.5)]),
    );
    assert.equal(shown.length, 1);
    assert.ok(failed instanceof ClaimsError);
    assert.deepEqual(failed.ids, ["slope", "growth"]);
    assert.match(failed.message, /1 of 3 claims hold/);
    assert.match(failed.message, /fails {2}slope/);
    assert.match(failed.message, /unresolved {2}growth/);
    assert.deepEqual(
      written().claims.map(({ verdict }) => verdict),
      ["fails", "unresolved", "holds"],
    );
  });

  it("judges claims together: 4.2 standard errors fail alone and not among ten", () => {
    assert.throws(() => showClaims("01-curvature", [agreeing("slope", 4.2)]), ClaimsError);
    const others = Array.from({ length: 9 }, (_, index) => agreeing(`other-${index}`, 0.5));
    showClaims("01-curvature", [agreeing("slope", 4.2), ...others]);
    assert.throws(() => showClaims("01-curvature", [agreeing("slope", 4.6), ...others]), ClaimsError);
  });

  it("is shown with a verdict in words, escaped, and with the digits that are warranted", async () => {
    const { shown } = await inFakeKernel(() =>
      showClaims("01-curvature", [
        agreeing("slope", 1.5),
        within(named("fixed-point"), { predicted: Math.PI, measured: Math.PI + 1e-10, tolerance: 1e-8 }),
        above(named("growth"), { bound: 0.25, measured: 0.5, standardError: 0.02 }),
      ]),
    );
    const html = String(shown[0].data["text/html"]);
    for (const part of [
      "✓ holds",
      "slope &lt; holds.",
      "Paper &amp; others",
      "1.018 ± 0.012",
      "+1.5 standard errors, p = 0.13",
      "3.14159265",
      "&gt; 0.25",
      "13 standard errors above the bound",
    ]) {
      assert.ok(html.includes(part), `${part} is not in ${html}`);
    }
    assert.match(
      String(shown[0].data["text/plain"]),
      /^3 of 3 claims hold\n✓ holds {2}slope: slope < holds\. Predicted 1\.000/,
    );
    const stored = shown[0].data[claimsMimeType] as { claims: Record<string, unknown>[] };
    assert.deepEqual(
      stored.claims.map(({ measured, standardError, decimals }) => ({ measured, standardError, decimals })),
      [
        { measured: 1.018, standardError: 0.012, decimals: 3 },
        { measured: 3.14159265, standardError: null, decimals: 8 },
        { measured: 0.5, standardError: 0.02, decimals: 3 },
      ],
    );
  });

  it("refuses two claims of one id, an empty table, too many, and a name that is a path", () => {
    assert.throws(
      () => showClaims("01-curvature", [agreeing("a", 0.5), agreeing("a", 0.5)]),
      /Two claims of one table are called a/,
    );
    assert.throws(() => showClaims("01-curvature", []), /no claims/);
    const many = Array.from({ length: 101 }, (_, index) => agreeing(`c-${index}`, 0.5));
    assert.throws(() => showClaims("01-curvature", many), /at most 100/);
    for (const name of ["", "../x", "a/b", ".hidden"])
      assert.throws(() => showClaims(name, [agreeing("a", 0.5)]), /cannot name a notebook/);
    assert.ok(!existsSync(file()));
  });
});

describe("breakIt", () => {
  it("shows a claim red and is content", async () => {
    const { shown, failed } = await inFakeKernel(() => breakIt(agreeing("slope", 8)));
    assert.equal(failed, undefined);
    assert.match(String(shown[0].data["text/html"]), /Broken on purpose: 1 of 1 claim fails.*✗ fails/s);
    assert.ok(!(claimsMimeType in shown[0].data));
  });

  it("throws when a claim still holds, naming it", () => {
    assert.throws(
      () => breakIt([agreeing("slope", 8), agreeing("sturdy", 1)]),
      (error: ClaimsError) => {
        assert.deepEqual(error.ids, ["sturdy"]);
        return /sturdy still holds/.test(error.message);
      },
    );
  });

  it("is not content with unresolved, nor with what only a short table would reject", () => {
    const coarse = agrees(named("coarse"), { predicted: 0, measured: 1, standardError: 1, resolution: 0.1 });
    assert.throws(() => breakIt(coarse), /coarse is unresolved/);
    assert.equal(agreeing("slope", 4.5).verdict, "fails");
    assert.throws(() => breakIt(agreeing("slope", 4.5)), /slope still holds/);
  });

  it("refuses to break nothing", () => {
    assert.throws(() => breakIt([]), /no claims/);
  });
});
