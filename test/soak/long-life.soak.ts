// The suite's own test of a long life, at full length.
process.env["FATHOM_SOAK_CELLS"] = "10000";
process.env["FATHOM_SOAK_ENSEMBLES"] = "1000";
process.env["FATHOM_SOAK_INTERRUPTS"] = "200";
require("../long-life/long-life.test");
