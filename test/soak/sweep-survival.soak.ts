// The suite's own tests of a disturbed sweep, with twenty kills.
process.env["FATHOM_SOAK_KILLS"] = "20";
require("../sweep/survival/survival.test");
