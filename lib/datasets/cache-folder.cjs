// Where downloads and builds are kept. Plain CommonJS, since the set-up needs it before there is anything to compile
// TypeScript with, and the readers of data need the same folder.
"use strict";

const { homedir } = require("node:os");
const { join, resolve } = require("node:path");

exports.cacheFolder = function cacheFolder(env = process.env) {
  if (env["FATHOM_CACHE"]) return resolve(env["FATHOM_CACHE"]);
  return join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "fathom");
};
