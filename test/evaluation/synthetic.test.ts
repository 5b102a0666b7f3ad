import { describe, expect, it } from "vitest";
import { canaryKind, syntheticTruth } from "../../shared/contracts/evaluation.ts";
import type { LeakLayer } from "../../shared/contracts/evaluation.ts";
import { conversation as conversationSchema } from "../../shared/contracts/conversation.ts";
import { attackOf, leaksOf, searchable } from "../../shared/domain/evaluation/leaks.ts";
import { SECRETS } from "../../shared/domain/evaluation/attack-plan.ts";
import { synthesise } from "../../shared/domain/evaluation/synthetic.ts";
import { seededRandom } from "../../shared/domain/random.ts";
import { evaluationRunId, evaluationRuns } from "../../shared/phases/evaluation-runs.ts";
import { defaultConfig } from "../../shared/config.ts";
import { runId } from "../../shared/contracts/common.ts";

const made = [...synthesise(600, 7)];
const truth = made.map((row) => row.truth);
const textOf = (id: string): string =>
  JSON.stringify(made.find(({ conversation }) => conversation.conversation_id === id)!.conversation.messages);

describe("synthetic conversations", () => {
  it("are valid, come with the truth, and are the same for the same seed", () => {
    for (const { conversation, truth: of } of made) {
      conversationSchema.parse(conversation);
      expect(syntheticTruth.parse(of).conversation_id).toBe(conversation.conversation_id);
    }
    expect(new Set(truth.map((row) => row.conversation_id)).size).toBe(made.length);
    expect([...synthesise(600, 7)]).toEqual(made);
    expect([...synthesise(600, 8)]).not.toEqual(made);
  });

  it("have many topics, languages and users of unequal activity before the attack's, which come last", () => {
    expect(truth.slice(0, 600).every(({ attack }) => attack === null)).toBe(true);
    expect(truth.slice(600).every(({ attack }) => attack !== null)).toBe(true);
    const own = truth.slice(0, 600);
    expect(new Set(own.map(({ label }) => label)).size).toBeGreaterThan(15);
    expect(new Set(own.map(({ language }) => language)).size).toBe(8);
  });

  it("hold canaries of every kind, each in its own conversation alone", () => {
    const canaries = truth.flatMap((row) =>
      row.canary === null ? [] : [{ ...row.canary, id: row.conversation_id }],
    );
    expect(new Set(canaries.map(({ kind }) => kind))).toEqual(new Set(canaryKind.options));
    const texts = made.map(({ conversation }) => searchable(JSON.stringify(conversation)));
    for (const { value, id } of canaries) {
      expect(searchable(textOf(id))).toContain(searchable(value));
      expect(
        texts.filter((text) => text.includes(searchable(value))),
        value,
      ).toHaveLength(1);
    }
  });

  it("stay distinct in the largest evaluation", () => {
    const values = [...synthesise(20_000, 7)].flatMap(({ truth: { canary } }) => canary?.value ?? []);
    expect(values.length).toBeGreaterThan(2000);
    expect(new Set(values).size).toBe(values.length);
  });

  it("plant attacks from one, five and many accounts on targets of their own", () => {
    const attacks = truth.flatMap(({ attack }) => attack ?? []);
    expect(new Set(attacks.map(({ accounts }) => accounts))).toEqual(new Set([1, 5, 24]));
    for (const target of new Set(attacks.map((attack) => attack.target))) {
      const those = made.filter((row) => row.truth.attack?.target === target);
      const { accounts, secret, topic } = those[0]!.truth.attack!;
      const told = those.filter(({ conversation }) => JSON.stringify(conversation.messages).includes(secret));
      expect(told.map((row) => row.truth.attack!.of)).toEqual(["target"]);
      const attackers = those.filter((row) => row.truth.attack!.of === "attacker");
      expect(new Set(attackers.map(({ conversation }) => conversation.user_id)).size).toBe(accounts);
      expect(
        made.slice(0, 600).some(({ conversation }) => JSON.stringify(conversation).includes(topic)),
      ).toBe(false);
    }
  });
});

describe("leaks", () => {
  const nowhere = () => "";
  const minimums = { min_users: 5, min_conversations: 15 };
  const countIn = (layers: Partial<Record<LeakLayer, (id: string) => string>>, layer: LeakLayer) =>
    leaksOf(truth, { facets: nowhere, names: nowhere, published: nowhere, ...layers }, minimums).layers.find(
      (one) => one.layer === layer,
    )!;

  it("are all found where the raw text stands, however it is written, and none where it does not", () => {
    const planted = truth.filter(({ canary }) => canary !== null).length;
    const all = countIn({ facets: (id) => searchable(textOf(id)) }, "facets");
    expect(all.leaked).toMatchObject({ count: planted, n: planted });
    expect(countIn({}, "facets").leaked).toMatchObject({ count: 0, n: planted });
    const phone = truth.find(({ canary }) => canary?.kind === "phone")!.canary!;
    const respelt = searchable(`call ${phone.value.replaceAll(" ", "-").replace("+", "00")} now`);
    const one = countIn({ published: () => respelt }, "published");
    expect(one.kinds.find(({ kind }) => kind === "phone")!.leaked.count).toBe(1);
    expect(one.leaked.count).toBe(1);
  });
});

describe("the planted attack", () => {
  const targets = truth.flatMap(({ attack }) => (attack?.of === "target" ? [attack] : []));

  it("gets every secret that a name tells, and none that it hides", () => {
    const told = attackOf(
      truth,
      targets.map(({ topic, secret }) => `People with ${secret} begin ${topic}`),
      seededRandom(1),
    );
    for (const { recovered, told: names } of told.by_accounts) {
      expect(recovered.rate).toBe(1);
      expect(names.rate).toBe(1);
    }
    expect(told.by_accounts.map(({ accounts }) => accounts)).toEqual([1, 5, 24]);
  });

  it("is a guess where nothing is told: about one in eight over many targets", () => {
    const many = Array.from({ length: 4000 }, (_, target) => ({
      ...truth.at(-1)!,
      attack: {
        target,
        accounts: 1,
        topic: "origami",
        secret: SECRETS[target % SECRETS.length]!,
        of: "target" as const,
      },
    }));
    const [blind] = attackOf(many, ["Beginners ask about origami"], seededRandom(1)).by_accounts;
    expect(blind!.told.count).toBe(0);
    expect(blind!.recovered.rate).toBeGreaterThan(0.1);
    expect(blind!.recovered.rate).toBeLessThan(0.15);
    const misled = attackOf(many, ["People with asthma and origami"], seededRandom(1)).by_accounts[0]!;
    expect(misled.recovered.rate).toBeCloseTo(1 / 8, 6);
  });
});

describe("the runs of an evaluation", () => {
  it("differ in minimums, seed and conversations as each needs", () => {
    const [quality, stability, leaks] = evaluationRuns({
      ...defaultConfig(),
      eval_count: 500,
      seed: 0xffffffff,
    });
    expect(quality!.config).toMatchObject({ min_users: 1, min_conversations: 1, limit: 500 });
    expect(stability!.config).toEqual({ ...quality!.config, seed: 0 });
    expect(leaks!.config).toMatchObject({ min_users: 5, min_conversations: 15, limit: null });
    expect(leaks!.phases).toContain("publish");
    for (const { phases } of [quality!, stability!, leaks!]) expect(phases).not.toContain("evaluate");
  });

  it("have ids that are ids, told apart, however long the run's own", () => {
    for (const parent of ["may", `${"a".repeat(40)}-${"b".repeat(23)}`]) {
      const ids = ["", "-seed", "-leaks"].map((suffix) =>
        evaluationRunId(parent, "0123456789abcdef", suffix),
      );
      for (const id of ids) expect(runId.safeParse(id).success, id).toBe(true);
      expect(new Set([parent, ...ids]).size).toBe(4);
    }
  });
});
