/**
 * mocha's own report, then the plain line that scripts read: `N passed, N failed`. Where something that a test has left open
 * keeps the process, it is named and the process ends: CI shall not wait for it.
 */
/** How long what tests have left open may take to end, ms. */
const patience = Number(process.env.FATHOM_TEST_PATIENCE ?? 30_000);
const { reporters, Runner } = require("mocha");

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { stats } = this;
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      process.stdout.write(`${stats.passes} passed, ${stats.failures} failed\n`);
      setTimeout(() => {
        process.stderr.write(`left open by a test: ${process.getActiveResourcesInfo().join(", ")}\n`);
        // mocha sets its own exit code at the exit.
        process.once("exit", () => (process.exitCode ||= 1));
        process.exit();
      }, patience).unref();
    });
  }
};
