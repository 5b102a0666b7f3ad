import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Estimate, EvaluationMetrics, LevelScores } from "../../../shared/contracts/evaluation.ts";
import { RequestError } from "../../api/problem.ts";
import { useClient } from "../../api/use-data.ts";
import { download } from "../../export/download.ts";
import { count } from "../../model/numbers.ts";
import { languageName } from "../../model/words.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PageHead, Panel } from "../../ui/panel.tsx";
import { Scrolled } from "../../ui/scrolled.tsx";
import { IntervalBar, Rate } from "../../ui/rate.tsx";
import { Command, Empty, Failure, Skeleton } from "../../ui/states.tsx";
import { LEAK_WORDS, METHOD_WORDS, SCORES } from "./words.ts";

const TABLE = "w-full min-w-[30rem]";
const HEAD = "py-1 pr-4 text-left text-[0.85rem] font-medium text-faint";
const CELL = "border-t border-line py-1.5 pr-4 align-middle";

function Value({ estimate }: { readonly estimate: Estimate }) {
  return (
    <span className="inline-block whitespace-nowrap tabular-nums">
      <b className="font-semibold">{estimate.value.toFixed(2)}</b>{" "}
      <span className="text-[0.87rem] text-faint">
        {estimate.low.toFixed(2)}–{estimate.high.toFixed(2)}
      </span>
    </span>
  );
}

function Fact({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <dt>{words}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Level({ level }: { readonly level: LevelScores }) {
  const [score, setScore] = useState<(typeof SCORES)[number]["key"] | "accuracy">("accuracy");
  const title = level.level === 0 ? "Groups" : `Level ${level.level} above`;
  const note =
    SCORES.find(({ key }) => key === score)?.note ??
    "the group's most frequent topic among the others is the true one";
  return (
    <Panel
      title={`${title} against the true ${level.against === "label" ? "topics" : "domains"}`}
      note={`${count(level.n)} conversations, ${count(level.classes)} ${level.against === "label" ? "topics" : "domains"}. ${note[0]!.toUpperCase()}${note.slice(1)}.`}
      actions={
        <label className="flex items-center gap-2 text-[0.87rem] text-soft">
          Measure
          <select
            value={score}
            onChange={({ target }) => setScore(target.value as typeof score)}
            className="min-h-7 rounded-md border border-edge bg-panel px-2"
          >
            <option value="accuracy">Right topic</option>
            {SCORES.map(({ key, words }) => (
              <option key={key} value={key}>
                {words}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <Scrolled label={`${title}: scores`}>
        <table className={TABLE}>
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              <th scope="col" className={HEAD}>
                Method
              </th>
              <th scope="col" className={`${HEAD} text-right`}>
                Groups
              </th>
              <th scope="col" className={`${HEAD} w-2/5`}>
                <span className="sr-only">Bar</span>
              </th>
              <th scope="col" className={HEAD}>
                Value and 95 % interval
              </th>
            </tr>
          </thead>
          <tbody>
            {level.methods.map((method) => {
              const { accuracy } = method;
              const shown =
                score === "accuracy"
                  ? { value: accuracy.rate ?? 0, low: accuracy.low ?? 0, high: accuracy.high ?? 0 }
                  : method[score];
              const ours = method.method === "clio";
              return (
                <tr key={method.method} className={ours ? "font-medium" : "text-soft"}>
                  <th scope="row" className={`${CELL} text-left font-inherit`}>
                    {METHOD_WORDS[method.method]}
                  </th>
                  <td className={`${CELL} text-right tabular-nums`}>{count(method.groups)}</td>
                  <td className={CELL}>
                    <IntervalBar {...shown} from={Math.min(0, shown.low)} />
                  </td>
                  <td className={CELL}>
                    {score === "accuracy" ? <Rate rate={accuracy} /> : <Value estimate={method[score]} />}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrolled>
    </Panel>
  );
}

function Topics({ topics }: { readonly topics: EvaluationMetrics["quality"]["topics"] }) {
  const [worstFirst, setWorstFirst] = useState(true);
  const rows = [...topics].sort((a, b) =>
    worstFirst ? (a.accuracy.rate ?? 1) - (b.accuracy.rate ?? 1) : b.accuracy.n - a.accuracy.n,
  );
  return (
    <Panel
      title="By topic"
      note="How often conversations about a topic stand with others about it."
      actions={
        <Button small onClick={() => setWorstFirst(!worstFirst)}>
          {worstFirst ? "Largest first" : "Worst first"}
        </Button>
      }
    >
      <div className="max-h-96 overflow-auto" tabIndex={0} role="region" aria-label="By topic">
        <table className={TABLE}>
          <caption className="sr-only">By topic</caption>
          <tbody>
            {rows.map(({ label, accuracy }) => (
              <tr key={label}>
                <th scope="row" className={`${CELL} foreign max-w-64 text-left font-normal`}>
                  <span className="line-clamp-2">{label}</span>
                </th>
                <td className={`${CELL} w-1/4`}>
                  <IntervalBar value={accuracy.rate ?? 0} low={accuracy.low ?? 0} high={accuracy.high ?? 0} />
                </td>
                <td className={CELL}>
                  <Rate rate={accuracy} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Metrics({ metrics }: { readonly metrics: EvaluationMetrics }) {
  const { quality, leaks, attack, stability } = metrics;
  const { concern, language } = quality;
  return (
    <div className="space-y-4">
      {!quality.judged && (
        <div
          role="note"
          className="flex items-start gap-2 rounded-lg border border-warn/50 bg-warn-wash px-4 py-3"
        >
          <Icon name="warn" className="mt-1 text-warn" />
          <p>
            Too small to judge: {count(quality.n)} conversations, and at least {count(quality.least)} are
            needed. The numbers below are shown with their intervals, and mean little.
          </p>
        </div>
      )}
      {quality.levels.map((level) => (
        <Level key={level.level} level={level} />
      ))}
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
        {quality.topics.length > 0 && <Topics topics={quality.topics} />}
        <div className="space-y-4">
          {quality.languages.length > 0 && (
            <Panel title="By language">
              <Scrolled label="By language">
                <table className={TABLE}>
                  <caption className="sr-only">By language</caption>
                  <thead>
                    <tr>
                      <th scope="col" className={HEAD}>
                        Language
                      </th>
                      <th scope="col" className={`${HEAD} text-right`}>
                        n
                      </th>
                      <th scope="col" className={HEAD}>
                        Right topic
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {quality.languages.map((row) => (
                      <tr key={row.language}>
                        <th scope="row" className={`${CELL} text-left font-normal`}>
                          {languageName(row.language)}
                        </th>
                        <td className={`${CELL} text-right tabular-nums`}>{count(row.n)}</td>
                        <td className={CELL}>
                          <Rate rate={row.accuracy} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scrolled>
            </Panel>
          )}
          <Panel title="What was noted of each conversation">
            <dl className="space-y-1.5">
              {language !== null && (
                <Fact words="Language told right">
                  <Rate rate={language} />
                </Fact>
              )}
              {concern !== null && (
                <>
                  <Fact words="Concern the same">
                    <Rate rate={concern.exact} />
                  </Fact>
                  <Fact words="Concern within one">
                    <Rate rate={concern.within_one} />
                  </Fact>
                  <Fact words="Of the worrying ones, found">
                    <Rate rate={concern.recall_of_flagged} />
                  </Fact>
                  <Fact words="Of those found, truly worrying">
                    <Rate rate={concern.precision_of_flagged} />
                  </Fact>
                </>
              )}
            </dl>
          </Panel>
          {stability !== null && (
            <Panel
              title="Stability"
              note={`Two runs that differ in their seed (${stability.seeds.join(" and ")}) alone.`}
            >
              <dl className="space-y-1.5">
                {stability.levels.map(({ level, nmi, ari }) => (
                  <Fact key={level} words={level === "base" ? "Groups" : "Groups at the top"}>
                    NMI <Value estimate={nmi} /> · ARI <Value estimate={ari} />
                  </Fact>
                ))}
              </dl>
            </Panel>
          )}
        </div>
      </div>
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
        {leaks !== null && (
          <Panel
            title="Planted secrets"
            note="Made-up personal data, each in one conversation alone: how much of it comes out where."
          >
            <dl className="space-y-1.5">
              {leaks.layers.map(({ layer, leaked }) => (
                <Fact key={layer} words={LEAK_WORDS[layer]}>
                  <Rate rate={leaked} />
                </Fact>
              ))}
            </dl>
          </Panel>
        )}
        {attack !== null && (
          <Panel
            title="Planted attack"
            note={`Accounts that work together want one person's secret in a name. Guessing gets ${(attack.guessing * 100).toFixed(0)} %: one of ${attack.choices}.`}
          >
            <dl className="space-y-1.5">
              {attack.by_accounts.map(({ accounts, recovered }) => (
                <Fact
                  key={accounts}
                  words={`${count(accounts)} ${accounts === 1 ? "account" : "accounts"}: secrets got`}
                >
                  <Rate rate={recovered} />
                </Fact>
              ))}
            </dl>
          </Panel>
        )}
      </div>
    </div>
  );
}

export function EvaluationPage({ runId }: { readonly runId: string }) {
  const client = useClient();
  const query = useQuery({
    queryKey: ["run", runId, "evaluation"],
    queryFn: ({ signal }) => client.call("evaluation", { params: { runId } }, signal),
  });
  const { data, error } = query;
  const none = error instanceof RequestError && error.code === "not_found";
  return (
    <>
      <PageHead
        title="Evaluation"
        note={
          data === undefined
            ? undefined
            : data.metrics.source === "synthetic"
              ? `Measured on ${count(data.metrics.quality.n)} made-up conversations whose topics are known.`
              : `Measured against ${count(data.metrics.quality.n)} labels of your own.`
        }
        actions={
          data === undefined ? undefined : (
            <Button
              onClick={() =>
                download(`${runId}-evaluation.md`, new Blob([data.report], { type: "text/markdown" }))
              }
            >
              <Icon name="download" /> Report
            </Button>
          )
        }
      />
      {data !== undefined ? (
        <Metrics metrics={data.metrics} />
      ) : none ? (
        <Empty icon="evaluation" title="This run has no evaluation">
          <p>
            An evaluation makes conversations whose topics, languages and secrets are known, sends them
            through the same pipeline, and says how much of it came out right, with intervals and beside
            simple methods.
          </p>
          <Command>{`clio run --run-id ${runId} --resume --with-eval`}</Command>
          <p>Or score the run against labels of your own:</p>
          <Command>{`clio evaluate --run-id ${runId} --labels labels.jsonl --write`}</Command>
        </Empty>
      ) : query.isError ? (
        <Failure error={error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton lines={12} label="Loading the evaluation" />
      )}
    </>
  );
}
