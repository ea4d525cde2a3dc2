import assert from "node:assert/strict";
import { readOptions } from "../../../tools/regions/options";
import { UsageError } from "../../../tools/command-line/usage-error";

describe("options of npm run regions", () => {
  it("name a file and one slice, and are otherwise left to the readers", () => {
    assert.deepEqual(readOptions(["net.safetensors", "--segment", "a.json"]), {
      file: "net.safetensors",
      slice: { kind: "segment", file: "a.json" },
      json: false,
      picture: null,
      negativeSlope: 0,
      activations: "gaps",
      logits: false,
      maximumBytes: null,
      maximumRegions: null,
    });
  });

  it("may come in any order, with negative numbers apart or joined", () => {
    for (const square of [["--square", "-1,1,-.5,2"], ["--square=-1,1,-.5,2"]]) {
      const options = readOptions([
        "--json",
        ...square,
        "net",
        "--picture",
        "out.svg",
        "--logits",
        "--negative-slope",
        "-1",
      ]);
      assert.deepEqual(options.slice, { kind: "square", sides: [-1, 1, -0.5, 2] });
      assert.equal(options.negativeSlope, -1);
      assert.equal(options.picture, "out.svg");
      assert.ok(options.json && options.logits);
    }
    const limits = readOptions([
      "net",
      "--plane",
      "p.json",
      "--max-megabytes",
      "0.5",
      "--max-regions",
      "9",
      "--activations=all",
    ]);
    assert.deepEqual(limits.slice, { kind: "plane", file: "p.json" });
    assert.equal(limits.maximumBytes, 2 ** 19);
    assert.equal(limits.maximumRegions, 9);
    assert.equal(limits.activations, "all");
  });

  it("are refused with the option's name", () => {
    const refusals: [string[], RegExp][] = [
      [[], /One FILE is needed; given none/],
      [["", "--segment", "a.json"], /One FILE is needed; given none/],
      [["net", "--segment", "a.json", "--picture="], /--picture is empty/],
      [["net", "--segment", ""], /--segment is empty/],
      [["net", "--cube", "1"], /^Unknown option '--cube'\.$/],
      [["net"], /One of --segment, --square and --plane is needed; given none/],
      [["--segment", "a.json"], /One FILE/],
      [["net", "other", "--segment", "a.json"], /given net, other/],
      [["net", "--segment", "a.json", "--plane", "p.json"], /given 2/],
      [["net", "--segment"], /--segment/],
      [["net", "--sqare", "0,1,0,1"], /--sqare/],
      [["net", "--square", "0,1,0"], /four numbers/],
      [["net", "--square", "0,1,0,1,2"], /four numbers/],
      [["net", "--square", "0,1,0,x"], /"x"/],
      [["net", "--square", "0,1,0,"], /--square has ""/],
      [["net", "--square", "0,1,0,Infinity"], /"Infinity"/],
      [["net", "--square", "1,0,0,1"], /x0 < x1/],
      [["net", "--square", "0,1,1,1"], /y0 < y1/],
      [["net", "--segment", "a", "--negative-slope", "leaky"], /--negative-slope has "leaky"/],
      [["net", "--segment", "a", "--negative-slope", "1"], /no activation/],
      [["net", "--segment", "a", "--activations", "some"], /"some"; it must be gaps or all/],
      [["net", "--segment", "a", "--max-megabytes", "0"], /above 0/],
      [["net", "--segment", "a", "--max-megabytes", "much"], /"much"/],
      [["net", "--segment", "a", "--max-regions", "1.5"], /whole number/],
      [["net", "--segment", "a", "--max-regions", "0"], /at least 1/],
      [["net", "--segment", "a", "--json=yes"], /--json/],
    ];
    for (const [given, message] of refusals) {
      assert.throws(
        () => readOptions(given),
        (error: Error) => error instanceof UsageError && message.test(error.message),
        given.join(" "),
      );
    }
  });
});
