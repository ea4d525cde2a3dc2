/** The report of `npm test`, and the record of a whole soak. */
const { Runner } = require("mocha");
const Reporter = require("../test/reporter.cjs");
const record = require("./record.cjs");

module.exports = class extends Reporter {
  constructor(runner, options) {
    super(runner, options);
    const tests = [];
    const note = (test) =>
      tests.push({ title: test.fullTitle(), state: test.state, seconds: Math.round((test.duration ?? 0) / 1000) });
    runner.on(Runner.constants.EVENT_TEST_PASS, note).on(Runner.constants.EVENT_TEST_FAIL, note);
    const notRun = (test) => tests.push({ title: test.fullTitle(), state: "not run", seconds: 0 });
    runner.on(Runner.constants.EVENT_TEST_PENDING, notRun);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      if (this.stats.pending > 0) process.stdout.write(`${this.stats.pending} not run\n`);
      if (process.env.FATHOM_SOAK_PARTLY !== "1") record.write(tests, (this.stats.duration ?? 0) / 1000);
    });
  }
};
