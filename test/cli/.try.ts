import { clio } from "./support.ts";
const r = await clio(process.argv.slice(2), {
  cwd: process.cwd(),
  terminal: process.env.TTY === "1",
  columns: Number(process.env.COLS ?? 80),
  env: process.env,
});
process.stderr.write(r.stderr);
process.stdout.write(r.stdout);
process.exitCode = r.code;
