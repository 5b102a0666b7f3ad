import { availableParallelism } from "node:os";
import { threadedCompute } from "../../shared/adapters/threads/compute.ts";
import { EASY, madeUpVectors } from "../vectors.ts";

/** k-means in a process of its own: the most memory it held with vectors, threads and all, MiB. */
const [rows, cols, k] = process.argv.slice(2).map(Number) as [number, number, number];
const compute = threadedCompute({ threads: availableParallelism(), signal: new AbortController().signal });
await compute.run("kmeans", madeUpVectors(rows, cols, EASY), k, { seed: 1, restarts: 1 });
await compute.close();
process.stdout.write(String(process.resourceUsage().maxRSS / 1024));
