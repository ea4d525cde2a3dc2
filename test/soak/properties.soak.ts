// The suite's own properties, on a hundred times as many inputs.
process.env["FATHOM_PROPERTY_RUNS"] = "100";
require("../properties/keys.test");
require("../properties/readers.test");
require("../properties/regions.test");
