import assert from "node:assert/strict";
import { parsedOptions } from "../../../tools/command-line/parsed-options";
import { UsageError } from "../../../tools/command-line/usage-error";

const options = { fresh: { type: "boolean" }, jobs: { type: "string" } } as const;
const refused = (arguments_: readonly string[], message: RegExp): void =>
  assert.throws(
    () => parsedOptions(arguments_, options),
    (error: unknown) => error instanceof UsageError && message.test(error.message),
  );

describe("the options of a command line", () => {
  it("are separated from its other words", () => {
    const { values, positionals } = parsedOptions(["01", "--jobs", "2", "--fresh", "02"], options);
    assert.deepEqual({ ...values }, { jobs: "2", fresh: true });
    assert.deepEqual(positionals, ["01", "02"]);
  });

  it("are refused where they are unknown or lack their value, in one sentence", () => {
    refused(["--job", "2"], /^Unknown option '--job'\.?$/);
    refused(["--jobs"], /--jobs/);
    refused(["--fresh=no"], /--fresh/);
  });
});
