import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { DragEvent, ReactNode } from "react";
import { useLocation } from "wouter";
import type { RunInput } from "../../../shared/contracts/api.ts";
import type { UsersMode, ValidationReport } from "../../../shared/contracts/validation.ts";
import { useCapabilities, useClient } from "../../api/use-data.ts";
import { bytes, duration, percent } from "../../model/numbers.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PageHead } from "../../ui/panel.tsx";
import { Command, Empty, Failure, Skeleton } from "../../ui/states.tsx";
import { runPath } from "../../url/paths.ts";
import { validateInWorker } from "../../worker/client.ts";
import { commandOf, leanStages } from "./command.ts";
import type { Stage } from "./command.ts";
import { EstimateTable } from "./estimate-panel.tsx";
import { Report } from "./report.tsx";
import { SettingsForm } from "./settings-form.tsx";
import type { Changed } from "./settings-form.tsx";
import { objectionTo } from "./settings-fields.ts";
import { uploadFile } from "./upload.ts";
import type { ConfigKey } from "../../../shared/config.ts";

const STEPS = ["Source", "Check", "Settings", "Estimate", "Start"] as const;

function Step({
  number,
  title,
  state,
  children,
}: {
  readonly number: number;
  readonly title: (typeof STEPS)[number];
  readonly state: "todo" | "done" | "now";
  readonly children: ReactNode;
}) {
  const id = title.toLowerCase();
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-16 rounded-lg border border-line bg-panel p-4 shadow-panel"
    >
      <h2 id={`${id}-title`} className="mb-3 flex items-center gap-2.5">
        <span
          aria-hidden="true"
          className={`grid size-7 place-items-center rounded-full text-[0.87rem] font-semibold ${
            state === "done"
              ? "bg-good text-on-accent"
              : state === "now"
                ? "bg-accent text-on-accent"
                : "bg-sunken text-faint"
          }`}
        >
          {state === "done" ? <Icon name="check" /> : number}
        </span>
        {title}
      </h2>
      {children}
    </section>
  );
}

function Meter({
  part,
  whole,
  words,
  seconds,
}: {
  readonly part: number;
  readonly whole: number;
  readonly words: string;
  readonly seconds: number;
}) {
  const rate = seconds > 0.5 ? part / seconds : 0;
  const left = rate > 0 ? (whole - part) / rate : null;
  return (
    <div>
      <progress
        value={part}
        max={Math.max(1, whole)}
        aria-label={words}
        className="h-2 w-full accent-(--accent)"
      />
      <p className="text-[0.87rem] text-soft tabular-nums">
        {words}: {bytes(part)} of {bytes(whole)} ({percent(whole === 0 ? 0 : part / whole)})
        {rate > 0 && ` · ${bytes(rate)}/s`}
        {left !== null && left > 1 && ` · ${duration(left)} left`}
      </p>
    </div>
  );
}

type Source = { readonly kind: "sample" } | { readonly kind: "file"; readonly file: File };

interface Under {
  readonly part: number;
  readonly whole: number;
  /** Since it began. */
  readonly seconds: number;
}

const now = (): number => performance.now();
const secondsSince = (startedMs: number): number => (performance.now() - startedMs) / 1000;

/** Checks the file that was chosen, again when users are counted otherwise. */
function useCheck(file: File | null, users: UsersMode) {
  const [state, setState] = useState<{
    report: ValidationReport | null;
    under: Under | null;
    error: unknown;
  }>({
    report: null,
    under: null,
    error: null,
  });
  const abort = useRef<AbortController | null>(null);
  useEffect(() => {
    if (file === null) return;
    const control = new AbortController();
    abort.current = control;
    const since = performance.now();
    const tell = (part: number, whole: number): void => {
      if (!control.signal.aborted)
        setState({
          report: null,
          error: null,
          under: { part, whole, seconds: secondsSince(since) },
        });
    };
    tell(0, file.size);
    validateInWorker(file, users, control.signal, tell).then(
      (report) => {
        if (!control.signal.aborted) setState({ report, under: null, error: null });
      },
      (error: unknown) => {
        if (!control.signal.aborted) setState({ report: null, under: null, error });
      },
    );
    return () => control.abort();
  }, [file, users]);
  return { ...state, cancel: () => abort.current?.abort() };
}

const STAGE_WORDS: readonly (readonly [Stage, string, string])[] = [
  ["facets", "Note what each conversation is about", ""],
  ["clustering", "Group them, and lay out the map", "needs the first"],
  ["labeling", "Name the groups", "needs those before"],
  ["hierarchy", "Arrange the groups in a tree", "needs names"],
  ["privacy", "Audit, hide, and publish the rest", "without it nothing is shown"],
  ["eval", "Measure all of it on made-up conversations", "takes as long again"],
];
const CHAIN: readonly Stage[] = ["facets", "clustering", "labeling"];

/** Switches a stage and what it needs, or what needs it. */
export function toggleStage(stages: ReadonlySet<Stage>, stage: Stage): ReadonlySet<Stage> {
  const next = new Set(stages);
  const at = CHAIN.indexOf(stage);
  if (next.has(stage)) {
    next.delete(stage);
    if (at >= 0)
      for (const later of [...CHAIN.slice(at), "hierarchy", "privacy"] as const) next.delete(later);
  } else {
    next.add(stage);
    if (stage !== "eval") for (const needed of at >= 0 ? CHAIN.slice(0, at) : CHAIN) next.add(needed);
  }
  return next;
}

function Chooser({
  sample,
  onChoose,
}: {
  readonly sample: boolean;
  readonly onChoose: (source: Source) => void;
}) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null): void => {
    const [file] = files ?? [];
    if (file !== undefined) onChoose({ kind: "file", file });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`flex flex-col items-center gap-3 rounded-lg border-2 border-dashed px-6 py-9 text-center ${over ? "border-accent bg-accent-wash" : "border-edge"}`}
    >
      <Icon name="upload" className="size-7! text-faint" />
      <p className="text-[1.05rem] font-semibold">Drop a file of conversations here</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button kind="primary" onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        {sample && <Button onClick={() => onChoose({ kind: "sample" })}>Use the sample corpus</Button>}
      </div>
      <input
        ref={input}
        type="file"
        accept=".jsonl,.gz,.json"
        aria-label="File of conversations"
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => take(target.files)}
      />
      <p className="max-w-[62ch] text-soft">
        JSONL, one conversation a line; .gz is fine. It is checked in your browser before anything is sent.
      </p>
      <code
        className="max-w-full overflow-x-auto rounded-md border border-line bg-sunken px-2 py-1 text-left font-mono text-[0.78rem] whitespace-nowrap"
        tabIndex={0}
      >
        {
          '{"conversation_id":"c1","user_id":"u1","messages":[{"role":"user","content":"How do I bake bread?"}]}'
        }
      </code>
    </div>
  );
}

function Form() {
  const client = useClient();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const { data: capabilities } = useCapabilities();
  const [source, setSource] = useState<Source | null>(null);
  const [users, setUsers] = useState<UsersMode>("required");
  const [skipInvalid, setSkipInvalid] = useState(false);
  const [changed, setChanged] = useState<Changed>({});
  const [stages, setStages] = useState<ReadonlySet<Stage>>(new Set([...CHAIN, "hierarchy", "privacy"]));
  const [sending, setSending] = useState<Under | null>(null);
  const [sent, setSent] = useState<{ file: File; id: string } | null>(null);
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  const file = source?.kind === "file" ? source.file : null;
  const check = useCheck(file, users);
  const { report } = check;
  const fixed = useMemo(() => new Set(capabilities?.fixed_settings ?? []), [capabilities]);

  const wrong = (Object.entries(changed) as [ConfigKey, unknown][]).filter(
    ([key, value]) => objectionTo(key, value) !== null,
  );
  const checked =
    source?.kind === "sample" || (report !== null && (report.ok || (skipInvalid && report.counts.valid > 0)));
  const settings = {
    ...changed,
    ...(users === "required" ? {} : { users }),
    ...(skipInvalid ? { skip_invalid: true } : {}),
  };
  const ready = checked && wrong.length === 0;

  const inputOf = async (): Promise<RunInput> => {
    if (file === null) return { kind: "sample" };
    if (sent?.file === file) return { kind: "upload", upload_id: sent.id };
    const since = now();
    try {
      const id = await uploadFile(client, file, new AbortController().signal, (part) =>
        setSending({ part, whole: file.size, seconds: secondsSince(since) }),
      );
      setSent({ file, id });
      return { kind: "upload", upload_id: id };
    } finally {
      setSending(null);
    }
  };
  const asked = { stages: [...leanStages(stages)], settings: settings as Record<string, never> };
  const estimate = useMutation({
    mutationFn: async () => client.call("estimate", { body: { input: await inputOf(), ...asked } }),
  });
  const start = useMutation({
    mutationFn: async () =>
      client.call("createRun", { body: { request_id: requestId, input: await inputOf(), ...asked } }),
    onSuccess: async ({ run_id: runId }) => {
      await queries.invalidateQueries({ queryKey: ["runs"] });
      navigate(runPath(runId, "progress"));
    },
    // The next try is another request: this one was answered.
    onError: () => setRequestId(crypto.randomUUID()),
  });
  const doctor = useQuery({
    queryKey: ["doctor"],
    queryFn: ({ signal }) => client.call("doctor", {}, signal),
    enabled: source !== null,
    staleTime: 60_000,
  });
  // What was estimated is no longer what would be run.
  const { reset } = estimate;
  const question = JSON.stringify([asked, source?.kind, file?.name]);
  // eslint-disable-next-line react/exhaustive-effect-dependencies -- when the question is another one
  useEffect(() => reset(), [question, reset]);

  const failing = doctor.data?.checks.filter(({ status }) => status === "fail") ?? [];
  const why =
    source === null
      ? "Choose a file first."
      : check.under !== null
        ? "The file is being checked."
        : !checked
          ? "The file has to be right first, or invalid lines left out."
          : wrong.length > 0
            ? `Mend the setting ${wrong.map(([key]) => key.replaceAll("_", " ")).join(", ")} first.`
            : null;
  const missingUsers = report?.issues_by_code.missing_user_id !== undefined;

  return (
    <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0 space-y-4">
        <Step number={1} title="Source" state={source === null ? "now" : "done"}>
          {source === null ? (
            <Chooser sample={capabilities?.sample_input ?? false} onChoose={setSource} />
          ) : (
            <p className="flex flex-wrap items-center gap-3">
              <Icon name="artifacts" className="text-faint" />
              <span className="foreign line-clamp-2 min-w-0 font-medium">
                {source.kind === "sample"
                  ? "The sample corpus: 200 made-up conversations"
                  : `${source.file.name} · ${bytes(source.file.size)}`}
              </span>
              <Button
                small
                onClick={() => {
                  check.cancel();
                  setSource(null);
                  setUsers("required");
                  setSkipInvalid(false);
                }}
              >
                Another one
              </Button>
            </p>
          )}
        </Step>
        <Step number={2} title="Check" state={checked ? "done" : source === null ? "todo" : "now"}>
          {source === null ? (
            <p className="text-faint">Every line is checked in your browser; nothing is sent for it.</p>
          ) : source.kind === "sample" ? (
            <p className="text-soft">The sample is known to be right.</p>
          ) : check.error !== null ? (
            <div role="alert" className="rounded-lg border border-bad/50 bg-bad-wash px-4 py-3">
              <p className="font-semibold text-bad">The file could not be read.</p>
              <p className="text-soft">Is it a damaged archive, or was it moved? Choose it again.</p>
            </div>
          ) : report === null ? (
            <div className="space-y-2">
              <Meter
                part={check.under?.part ?? 0}
                whole={check.under?.whole ?? 1}
                seconds={check.under?.seconds ?? 0}
                words="Checked"
              />
              <Button
                small
                onClick={() => {
                  check.cancel();
                  setSource(null);
                }}
              >
                Cancel
              </Button>
            </div>
          ) : (
            <div className="space-y-3">
              <Report report={report} />
              {(missingUsers || users === "per-conversation") && (
                <label className="flex items-start gap-2">
                  <input
                    type="checkbox"
                    checked={users === "per-conversation"}
                    onChange={({ target }) => setUsers(target.checked ? "per-conversation" : "required")}
                    className="mt-1.5"
                  />
                  <span>
                    Each conversation stands for one user.{" "}
                    <span className="text-soft">
                      Then one busy person can look like many, and minimums protect less. It is said on every
                      page.
                    </span>
                  </span>
                </label>
              )}
              {!report.ok && report.counts.valid > 0 && (
                <label className="flex items-start gap-2">
                  <input
                    type="checkbox"
                    checked={skipInvalid}
                    onChange={({ target }) => setSkipInvalid(target.checked)}
                    className="mt-1.5"
                  />
                  <span>
                    Leave invalid lines out. <span className="text-soft">They are counted and listed.</span>
                  </span>
                </label>
              )}
            </div>
          )}
        </Step>
        <Step
          number={3}
          title="Settings"
          state={wrong.length > 0 ? "now" : source === null ? "todo" : "done"}
        >
          <fieldset className="mb-4">
            <legend className="mb-1 font-semibold">What to do</legend>
            <ul>
              {STAGE_WORDS.map(([stage, words, note]) => (
                <li key={stage}>
                  <label className="flex min-h-7 items-center gap-2">
                    <input
                      type="checkbox"
                      checked={stages.has(stage)}
                      onChange={() => setStages((held) => toggleStage(held, stage))}
                    />
                    {words}
                    {note !== "" && <span className="text-[0.87rem] text-faint">{note}</span>}
                  </label>
                </li>
              ))}
            </ul>
          </fieldset>
          <SettingsForm changed={changed} fixed={fixed} onChange={setChanged} />
        </Step>
        <Step
          number={4}
          title="Estimate"
          state={estimate.data === undefined ? (ready ? "now" : "todo") : "done"}
        >
          {estimate.data !== undefined ? (
            <EstimateTable estimate={estimate.data} />
          ) : (
            <div className="space-y-2">
              <p className="text-soft">
                {file === null
                  ? "How many questions, how long, at what cost."
                  : "How many questions, how long, at what cost. For this the file is sent to the server that would run it."}
              </p>
              <Button disabled={!ready || estimate.isPending} onClick={() => estimate.mutate()}>
                {estimate.isPending
                  ? "Estimating…"
                  : file === null || sent !== null
                    ? "Estimate"
                    : "Send the file and estimate"}
              </Button>
              {why !== null && <p className="text-[0.87rem] text-faint">{why}</p>}
            </div>
          )}
          {sending !== null && (
            <div className="mt-3">
              <Meter part={sending.part} whole={sending.whole} seconds={sending.seconds} words="Sent" />
            </div>
          )}
          {estimate.isError && (
            <div className="mt-3">
              <Failure error={estimate.error} retry={() => estimate.mutate()} />
            </div>
          )}
        </Step>
      </div>
      <div className="min-w-0 space-y-4 xl:sticky xl:top-16">
        <Step number={5} title="Start" state={ready && failing.length === 0 ? "now" : "todo"}>
          {source === null ? (
            <p className="text-faint">Choose a file first.</p>
          ) : doctor.data === undefined && !doctor.isError ? (
            <Skeleton lines={3} label="Looking whether everything is in place" />
          ) : doctor.isError ? (
            <Failure error={doctor.error} retry={() => void doctor.refetch()} />
          ) : (
            <ul className="mb-3 space-y-1 text-[0.93rem]">
              {doctor.data?.checks.map(({ name, status, detail, hint }) => (
                <li key={name} className="flex items-start gap-2">
                  <Icon
                    name={status === "ok" ? "check" : status === "warn" ? "warn" : "fail"}
                    className={`mt-1 ${status === "ok" ? "text-good" : status === "warn" ? "text-warn" : "text-bad"}`}
                  />
                  <span className="min-w-0">
                    <span className="sr-only">
                      {status === "ok" ? "All right: " : status === "warn" ? "Remark: " : "Problem: "}
                    </span>
                    <b className="font-medium">{name}</b> <span className="foreign text-soft">{detail}</span>
                    {hint !== null && <span className="foreign block text-[0.87rem] text-soft">{hint}</span>}
                  </span>
                </li>
              ))}
            </ul>
          )}
          <Button
            kind="primary"
            className="w-full"
            disabled={why !== null || start.isPending}
            onClick={() => start.mutate()}
          >
            <Icon name="play" /> {start.isPending ? "Starting…" : "Start the run"}
          </Button>
          <p role="status" className="mt-1 min-h-6 text-[0.87rem] text-faint">
            {why ?? ""}
          </p>
          {start.isError && <Failure error={start.error} />}
        </Step>
        <section aria-label="The same on the command line" className="space-y-2">
          <h2>The same on the command line</h2>
          <Command>{commandOf(file?.name ?? null, stages, settings)}</Command>
          {Object.keys(settings).length > 0 && (
            <details>
              <summary className="min-h-6 cursor-pointer text-[0.87rem] text-accent-strong">
                As clio.config.json
              </summary>
              <Command>{JSON.stringify(settings, null, 2)}</Command>
            </details>
          )}
        </section>
      </div>
    </div>
  );
}

export function IngestPage() {
  const capabilities = useCapabilities();
  return (
    <>
      <PageHead title="New run" note="From a file of conversations to groups, in five steps." />
      {capabilities.isError && capabilities.data === undefined ? (
        <Failure error={capabilities.error} retry={() => void capabilities.refetch()} />
      ) : capabilities.data === undefined ? (
        <Skeleton lines={10} />
      ) : capabilities.data.launch ? (
        <Form />
      ) : (
        <Empty icon="lock" title="Runs are not started from here">
          <p>
            This server only shows results. Start a run on the command line, or drop a file into the stage's
            bucket.
          </p>
          <Command>clio run --input chats.jsonl --with-hierarchy --with-privacy</Command>
        </Empty>
      )}
    </>
  );
}
