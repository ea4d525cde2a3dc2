/** The report of `npm test`; what ends is noted in the record of the soak at once. */
const { Runner } = require("mocha");
const Reporter = require("../test/reporter.cjs");
const record = require("./record.cjs");

module.exports = class extends Reporter {
  constructor(runner, options) {
    super(runner, options);
    const noteAt = record.begin();
    const titles = [];
    runner.suite.eachTest((test) => titles.push(test.fullTitle()));
    const note = (test) => {
      const title = test.fullTitle();
      // A failed hook stands for its suite.
      if (!titles.includes(title)) titles.push(title);
      noteAt([{ title, state: test.state, seconds: Math.round((test.duration ?? 0) / 1000) }], titles);
    };
    runner.on(Runner.constants.EVENT_TEST_PASS, note).on(Runner.constants.EVENT_TEST_FAIL, note);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      if (this.stats.pending > 0) process.stdout.write(`${this.stats.pending} not run\n`);
    });
  }
};
