import { Link } from "wouter";
import type { AuditCalibration, LayerAudit, WithheldReason } from "../../../shared/contracts/privacy.ts";
import type { PublishedPrivacy } from "../../../shared/contracts/published.ts";
import { usePublished } from "../../api/use-data.ts";
import type { Generation } from "../../api/use-data.ts";
import { count, percent } from "../../model/numbers.ts";
import { Badge } from "../../ui/badge.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Scrolled } from "../../ui/scrolled.tsx";
import { PublishedPage } from "../../ui/published-page.tsx";
import { Rate } from "../../ui/rate.tsx";
import { Loaded, Skeleton } from "../../ui/states.tsx";
import { REASON_WORDS } from "../../ui/withheld.tsx";
import { pathOf, shownName } from "../../../shared/domain/published/cluster-tree.ts";
import { groupPath } from "../../url/paths.ts";

const LAYER_WORDS: Record<string, { readonly title: string; readonly note: string }> = {
  raw: { title: "What was said", note: "Conversations as they came in, after masking" },
  facet: { title: "What was noted of each", note: "The summary that a model or a rule made" },
  cluster: { title: "Names of groups", note: "Names and descriptions, before the last gate" },
};

const layerWords = (layer: string): { readonly title: string; readonly note: string } =>
  LAYER_WORDS[layer] ?? { title: layer, note: "" };

/** How many texts got each rating, 1 (points to somebody) to 5 (points to nobody). */
function Ratings({ ratings }: Pick<LayerAudit, "ratings">) {
  const most = Math.max(1, ...ratings);
  return (
    <div
      role="img"
      aria-label={`Ratings 1 to 5: ${ratings.join(", ")}`}
      className="flex h-14 items-end gap-1"
    >
      {ratings.map((n, i) => (
        // eslint-disable-next-line react/no-array-index-key -- the ratings are their places
        <div key={i} className="flex w-8 flex-col items-center text-[0.72rem] text-faint tabular-nums">
          <span>{count(n)}</span>
          <div
            className={`w-full rounded-t ${i < 2 ? "bg-bad" : "bg-mark"}`}
            style={{ height: `${Math.max(n > 0 ? 2 : 0, (n / most) * 26)}px` }}
          />
          <span>{i + 1}</span>
        </div>
      ))}
    </div>
  );
}

function Funnel({
  layers,
  generation,
}: {
  readonly layers: readonly LayerAudit[];
  readonly generation: Generation;
}) {
  const { index } = generation;
  return (
    <ol className="grid gap-3 min-[1100px]:grid-cols-4">
      {layers.map((layer) => {
        const { title, note } = layerWords(layer.layer);
        return (
          <li key={layer.layer} className="rounded-md border border-line p-3">
            <h3>{title}</h3>
            <p className="text-[0.85rem] text-faint">{note}</p>
            <p className="mt-2 text-[0.87rem] text-soft">Could point to somebody:</p>
            <Rate rate={layer.leaks} />
            <p className="mb-2 text-[0.85rem] text-faint">
              {layer.sampled < layer.population
                ? `a sample of ${count(layer.sampled)} of ${count(layer.population)}`
                : `all ${count(layer.population)}`}
            </p>
            <Ratings ratings={layer.ratings} />
          </li>
        );
      })}
      <li className="rounded-md border-2 border-good/60 bg-good-wash p-3">
        <h3>What is published</h3>
        <p className="text-[0.85rem] text-soft">Counts of groups, and names that passed every gate</p>
        <p className="mt-2 tabular-nums">
          <b className="font-semibold">{count(index.totals.clusters - index.totals.withheld_names)}</b> names
          of {count(index.totals.clusters)} groups
        </p>
        <p className="tabular-nums">
          <b className="font-semibold">{count(index.totals.published)}</b> conversations of{" "}
          {count(index.totals.read)} counted
        </p>
        <p className="mt-2 text-[0.85rem] text-soft">
          Nothing about a single conversation: no text, no id, no place on the map.
        </p>
      </li>
    </ol>
  );
}

function Calibration({ calibration }: { readonly calibration: AuditCalibration }) {
  const { false_pass: pass, false_alarm: alarm, accuracy, texts, rated } = calibration;
  const GROUPS: Record<string, string> = {
    identifying: "Names or numbers a person",
    combination: "Details that together point to one",
    scary: "Only sounds as if",
    harmless: "Harmless",
  };
  return (
    <>
      <p className="text-soft">
        The auditor was given {count(texts)} made-up texts whose answer is known ({count(rated)} answered). Of
        100 texts that point to somebody it would let about{" "}
        {pass.rate === null ? "–" : Math.round(pass.rate * 100)} through; of 100 harmless ones it would hold{" "}
        {alarm.rate === null ? "–" : Math.round(alarm.rate * 100)} back. It is one layer of several: the
        minimums and the word rules do not depend on it.
      </p>
      <Scrolled label="How far the auditor can be trusted" className="mt-3">
        <table className="text-[0.93rem]">
          <caption className="sr-only">How far the auditor can be trusted</caption>
          <thead>
            <tr className="text-left text-[0.85rem] text-faint">
              <th scope="col" className="py-1 pr-6 font-medium">
                Texts
              </th>
              <th scope="col" className="py-1 pr-6 font-medium">
                Let through wrongly
              </th>
              <th scope="col" className="py-1 font-medium">
                Held back wrongly
              </th>
            </tr>
          </thead>
          <tbody>
            <tr className="border-t border-line">
              <th scope="row" className="py-1 pr-6 text-left font-normal">
                All; right in {accuracy.rate === null ? "–" : percent(accuracy.rate)}
              </th>
              <td className="py-1 pr-6">
                <Rate rate={pass} />
              </td>
              <td className="py-1">
                <Rate rate={alarm} />
              </td>
            </tr>
            {calibration.layers.map((layer) => (
              <tr key={layer.layer} className="border-t border-line">
                <th scope="row" className="py-1 pr-6 text-left font-normal">
                  {layerWords(layer.layer).title}
                </th>
                <td className="py-1 pr-6">
                  <Rate rate={layer.false_pass} />
                </td>
                <td className="py-1">
                  <Rate rate={layer.false_alarm} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
      <h3 className="mt-3 mb-1">Wrong by kind of text</h3>
      <dl className="grid gap-x-6 sm:grid-cols-2">
        {calibration.groups.map(({ group, wrong }) => (
          <div key={group} className="flex flex-wrap justify-between gap-x-3 border-t border-line py-1">
            <dt>{GROUPS[group] ?? group}</dt>
            <dd>
              <Rate rate={wrong} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const WHAT_TO_DO: Record<WithheldReason, string> = {
  audit_rating: "With a better model as auditor, or fewer rare details in the groups, more names pass.",
  personal_data: "Leave masking on, and look at what the input holds.",
  rare_word: "With more conversations, or --name-words public, more words have people enough behind them.",
  verbatim_text: "A model that puts things in its own words repeats less.",
  not_audited: "Resume the run: what got no answer is asked again.",
};

function Withheld({
  runId,
  generation,
  privacy,
}: {
  readonly runId: string;
  readonly generation: Generation;
  readonly privacy: PublishedPrivacy;
}) {
  const names = Object.entries(privacy.withheld_names) as [WithheldReason, number][];
  const nameless = generation.tree.all.filter(({ cluster }) => cluster.name === null);
  const { minimums } = privacy;
  return (
    <div className="space-y-3">
      <p>
        <b className="font-semibold tabular-nums">{count(privacy.withheld_conversations)}</b> conversations in{" "}
        <b className="font-semibold tabular-nums">{count(privacy.withheld_clusters)}</b> groups are not shown:
        fewer than {minimums.min_users} people or {minimums.min_conversations} conversations stand behind
        each.
      </p>
      {names.length === 0 ? (
        <p className="text-soft">No name is withheld.</p>
      ) : (
        <ul className="space-y-2">
          {names.map(([reason, n]) => (
            <li key={reason} className="withheld rounded-md border border-line px-3 py-2">
              <span className="flex items-center gap-2 font-semibold">
                <Icon name="lock" /> {count(n)} {n === 1 ? "name" : "names"}
              </span>
              <span className="block">{REASON_WORDS[reason]}</span>
              <span className="block text-[0.87rem] text-soft">{WHAT_TO_DO[reason]}</span>
            </li>
          ))}
        </ul>
      )}
      {nameless.length > 0 && (
        <details>
          <summary className="min-h-6 cursor-pointer text-accent-strong">
            Groups without a name ({count(nameless.length)})
          </summary>
          <ul className="mt-1 max-h-72 space-y-1 overflow-y-auto">
            {nameless.map((node) => (
              <li key={node.cluster.id} className="flex flex-wrap justify-between gap-x-3 text-[0.93rem]">
                <Link
                  href={groupPath(runId, "hierarchy", node.cluster.id)}
                  className="min-h-6 text-accent-strong underline"
                >
                  {count(node.cluster.conversations)} conversations
                </Link>
                <span className="foreign text-faint">
                  {pathOf(node)
                    .slice(0, -1)
                    .map((each) => shownName(each).slice(0, 80))
                    .join(" › ") || "at the top"}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {privacy.relabeled > 0 && (
        <p className="text-[0.93rem] text-soft">
          {count(privacy.relabeled)} groups were named a second time, without a summary that had failed its
          audit.
        </p>
      )}
    </div>
  );
}

function Privacy({ runId, generation }: { readonly runId: string; readonly generation: Generation }) {
  const privacy = usePublished("privacy", generation);
  const { index } = generation;
  return (
    <Loaded query={privacy} skeleton={<Skeleton lines={12} />}>
      {(data) => (
        <div className="space-y-4">
          <Panel
            title="From what was said to what is shown"
            note="How often a text could still point to a person, layer by layer. Ratings below 3 of 5 do not pass."
          >
            <Funnel layers={data.layers} generation={generation} />
          </Panel>
          <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
            <Panel title="What is withheld, and why">
              <Withheld runId={runId} generation={generation} privacy={data} />
            </Panel>
            <Panel title="The rules of this run">
              <ul className="space-y-2">
                <li>
                  <Badge tone={data.masking ? "good" : "bad"} icon={data.masking ? "check" : "warn"}>
                    Masking {data.masking ? "on" : "off"}
                  </Badge>{" "}
                  {data.masking
                    ? "E-mail addresses, phone and card numbers, keys and the like were masked before anything else saw them."
                    : "Known patterns of personal data were not masked before texts were read."}
                </li>
                <li>
                  <Badge icon="lock">Minimums</Badge> At least {data.minimums.min_users} people and{" "}
                  {data.minimums.min_conversations} conversations behind every group and every number.
                </li>
                <li>
                  <Badge
                    tone={index.users === "required" ? "good" : "warn"}
                    icon={index.users === "required" ? "check" : "warn"}
                  >
                    {index.users === "required" ? "People are known" : "People are not known"}
                  </Badge>{" "}
                  {index.users === "required"
                    ? "Each conversation names its user, so that many from one person count as one."
                    : "The input names no users: each conversation counts as one, and one busy person can look like many."}
                </li>
                <li>
                  <Badge icon="privacy">Auditor</Badge>{" "}
                  {index.offline
                    ? "Rules judge the texts. They miss what only a reader would understand."
                    : `${index.model.model} judges the texts.`}
                </li>
              </ul>
              <h3 className="mt-4 mb-1">What this does not protect</h3>
              <p className="text-[0.93rem] text-soft">
                What many people say is shown, also when it is sensitive. A group that works together as if it
                were many people can lift a text over the minimums if it has as many accounts as the minimum.
                Names are made from words that enough people use: everyday words can be a secret too.
                docs/privacy.md has what was attacked and measured.
              </p>
            </Panel>
          </div>
          <Panel title="How far the auditor can be trusted">
            {data.calibration === null ? (
              <p className="text-soft">
                This was not measured: the run was made with --no-privacy-calibration.
              </p>
            ) : (
              <Calibration calibration={data.calibration} />
            )}
          </Panel>
        </div>
      )}
    </Loaded>
  );
}

export function PrivacyPage({ runId }: { readonly runId: string }) {
  return (
    <PublishedPage
      runId={runId}
      title="Privacy"
      note={() => "What was hidden before anybody could see it, and how well that works."}
    >
      {(generation) => <Privacy runId={runId} generation={generation} />}
    </PublishedPage>
  );
}
