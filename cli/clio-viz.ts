#!/usr/bin/env node
// The same as `clio viz`: the command is put in front of what was typed, and the program does the rest.
process.argv.splice(2, 0, "viz");
await import("./clio.ts");
