import { Hono } from "hono";
import type { RunStore } from "../../shared/ports/run-store.ts";
import { VERSION } from "../../shared/version.ts";

export interface ApiServices {
  readonly stage: string;
  readonly runs: RunStore;
}

/** Runs of a page; a record is some KiB. */
const RUNS_PER_PAGE = 50;

/** The results API, served by API Gateway and on a laptop alike. */
export function apiApp({ stage, runs }: ApiServices): Hono {
  const app = new Hono().basePath("/api");
  app.get("/health", (context) => context.json({ status: "ok", stage, version: VERSION }));
  app.get("/runs", async (context) => {
    const page = await runs.list({ limit: RUNS_PER_PAGE, cursor: context.req.query("cursor") ?? null });
    return context.json({
      runs: page.runs.map(({ run_id, status, created_at, finished_at, counts }) => ({
        run_id,
        status,
        created_at,
        finished_at,
        counts,
      })),
      cursor: page.cursor,
    });
  });
  return app;
}
