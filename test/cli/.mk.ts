import { generateCorpus, defaultUsers } from "/work/main/shared/domain/mock/generate.ts";
import fs from "node:fs";
const n = Number(process.argv[2]);
const rows = [];
for (const r of generateCorpus({ count: n, seed: 1, users: defaultUsers(n) } as any))
  rows.push(JSON.stringify((r as any).conversation ?? r));
fs.writeFileSync(process.argv[3]!, rows.join("\n") + "\n");
