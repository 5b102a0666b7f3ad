import type { Learned, Provider, ProviderWorld } from "../../shared/adapters/open-provider.ts";
import type { RunConfig } from "../../shared/config.ts";
import type { Context } from "../context.ts";
import { logError } from "../log.ts";
import { problemOf } from "../render/problem.ts";
import { count, duration, safe } from "../render/text.ts";
import { fail, ok, warn } from "./check.ts";
import type { Check } from "./check.ts";

/** Harmless texts to try the provider on. */
const ENGLISH = "Please help me to write a friendly email that moves a meeting from Monday to Tuesday.";
const GERMAN =
  "Kannst du mir bitte helfen, eine freundliche E-Mail zu schreiben, mit der ich ein Treffen auf Dienstag verschiebe?";

const REINSTALL = "Install clio again; if it stays, please report it.";
const OTHER_MODEL =
  "Try another model with --model: small ones answer badly. Runs end all the same, with what could not be used in the ledger.";

/** How the endpoint takes the schema of an answer, as its first answers showed. */
function checkForm({ format, leftOut }: Learned): Check {
  const name = "Answer schema";
  const without = leftOut.length === 0 ? "" : `; refuses ${leftOut.join(" and ")}`;
  if (format === "json_schema") return ok(name, `strict JSON schemas${without}`);
  if (format === "json_object_with_schema") return ok(name, `JSON schemas beside JSON mode${without}`);
  const words =
    format === "json_object"
      ? "JSON, but no schema: it is put into words"
      : "neither schema nor JSON mode: both are put into words";
  return warn(
    name,
    `${words}${without}`,
    "It works, with more answers that have to be repaired; best is a model with strict schemas.",
  );
}

function checkLimits({ requestsPerMinute, tokensPerMinute }: Learned): Check {
  const told = [
    requestsPerMinute === null ? "" : `${count(Math.round(requestsPerMinute))} requests`,
    tokensPerMinute === null ? "" : `${count(Math.round(tokensPerMinute))} tokens`,
  ].filter((words) => words !== "");
  return told.length === 0
    ? ok(
        "Limits",
        "the endpoint tells none; if you know yours: --model-requests-per-minute, --model-tokens-per-minute",
      )
    : ok("Limits", `${told.join(" and ")} a minute, as the endpoint tells; they are obeyed`);
}

/** Opens the provider that the settings name and tries each thing that a run wants of it. */
export async function checkProvider(
  { io, deps, log }: Context,
  { config, world }: { readonly config: RunConfig; readonly world: ProviderWorld },
  show: (check: Check) => void,
): Promise<void> {
  const offline = config.provider === "offline";
  const call = { signal: io.interrupt };
  const timed = async <T>(action: () => Promise<T>): Promise<{ value: T; took: string }> => {
    const startedMs = io.clock.elapsed();
    const value = await action();
    return { value, took: duration((io.clock.elapsed() - startedMs) / 1000) };
  };
  /** One check; what it throws is its result. */
  const attempt = async (name: string, check: () => Promise<Check>): Promise<boolean> => {
    try {
      show(await check());
      return true;
    } catch (error) {
      if (io.interrupt.aborted) throw error;
      logError(log, error);
      const { message, hint } = problemOf(error);
      show(fail(name, message, hint ?? (offline ? REINSTALL : OTHER_MODEL)));
      return false;
    }
  };

  let opened: Provider | null = null;
  await attempt("Provider", async () => {
    opened = await deps.openProvider(config, world);
    const { provider, model, version } = opened.model.identity;
    return ok("Provider", `${provider}: ${safe(model)} ${version}`);
  });
  const provider = opened as Provider | null;
  if (provider === null) return;
  const { model, embedder } = provider;
  try {
    await attempt("Embedding", async () => {
      const { value, took } = await timed(() => embedder.embed([ENGLISH], call));
      const isGiven = value.data.some((number) => number !== 0);
      return isGiven
        ? ok("Embedding", `${safe(embedder.identity.model)}: one text in ${took}, ${value.cols} dimensions`)
        : fail("Embedding", "the vector is all zeros", offline ? REINSTALL : "Try another --embedder-model.");
    });
    const answered = await attempt("Facets", async () => {
      const { value, took } = await timed(() =>
        model.ask("facets", { messages: [{ role: "user", content: ENGLISH }], custom: [] }, call),
      );
      const { summary, request } = value.answer;
      return summary === null && request === null
        ? warn(
            "Facets",
            `one conversation in ${took}, but nothing was found in it`,
            offline ? REINSTALL : OTHER_MODEL,
          )
        : ok("Facets", `one conversation in ${took}`);
    });
    const learned = provider.learned?.();
    if (answered && learned !== undefined) {
      show(checkForm(learned));
      show(checkLimits(learned));
    }
    if (answered)
      await attempt("Language", async () => {
        const { value } = await timed(() =>
          model.ask("facets", { messages: [{ role: "user", content: GERMAN }], custom: [] }, call),
        );
        const { language } = value.answer;
        return /^de\b/.test(language)
          ? ok("Language", "German was told from English")
          : warn(
              "Language",
              `German was taken for "${safe(language)}"`,
              "Languages will be unreliable in results.",
            );
      });
  } finally {
    await embedder.close();
  }
}
