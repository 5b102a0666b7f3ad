import { expect, test } from "vitest";
import { bedrockAccess } from "../../infra/bedrock-access.ts";
import { stageSettings } from "../../infra/stages.ts";
import { runConfig, stageProvider } from "../../shared/config.ts";
import { callsProvider, pipeline } from "../../shared/pipeline.ts";
import { entryOf, matches, statementsByEntry } from "./policies.ts";
import type { Statement } from "./policies.ts";
import { resourcesOf, templatesOf } from "./support.ts";
import type { Context } from "./support.ts";

const providerOf = (given: Context) => stageSettings((name) => ({ stage: "dev", ...given })[name]).provider;

test("the stage's provider comes from the context, named as settings are and checked as they are", () => {
  expect(providerOf({})).toEqual(stageProvider.parse({}));
  expect(
    providerOf({
      provider: "openai",
      model: "gpt-4.1-mini",
      embedder: "jina",
      embedderModel: "jina-embeddings-v3",
      embedderDimensions: "512",
      embedderTask: "separation",
      traceContent: "true",
      priceInput: "0.4",
      priceOutput: "1.6",
      maxCostUsd: "12.5",
    }),
  ).toEqual({
    provider: "openai",
    model: "gpt-4.1-mini",
    model_base_url: null,
    embedder: "jina",
    embedder_model: "jina-embeddings-v3",
    embedder_base_url: null,
    embedder_dimensions: 512,
    embedder_task: "separation",
    trace_content: true,
    price_input: 0.4,
    price_output: 1.6,
    price_embedder: null,
    max_cost_usd: 12.5,
  });
});

test.each<Context>([
  { provider: "gpt" },
  { provider: "openai", model: "two words" },
  { provider: "compatible", model: "llama" },
  { provider: "compatible", modelBaseUrl: "https://models.example/v1" },
  { provider: "compatible", model: "llama", modelBaseUrl: "ftp://models.example" },
  { provider: "compatible", model: "llama", modelBaseUrl: "https://me:secret@models.example/v1" },
  { provider: "openai", embedder: "compatible" },
  { provider: "openai", embedderDimensions: "many" },
  { provider: "openai", traceContent: "yes" },
  { provider: "openai", maxCostUsd: "-1" },
  { provider: "bedrock" },
  { provider: "bedrock", model: "arn:aws:bedrock:us-east-1::foundation-model/openai.gpt-oss-20b-1:0" },
])("%j is refused", (given) => {
  expect(() => providerOf(given)).toThrow();
});

const ASKING = [
  ...pipeline.filter(({ asks }) => asks.length > 0).map(({ name }) => name as string),
  "check-provider",
].sort();
const TOLD = [
  ...pipeline.filter(callsProvider).map(({ name }) => name as string),
  "check-provider",
  "intake",
  "private",
  "start",
].sort();

test("what starts runs and what asks is told whom, as settings of a run can be made of it; nobody else is", () => {
  const { pipeline: template, web } = templatesOf({ stage: "dev", provider: "openai", maxCostUsd: "3" });
  const told = [template, web].flatMap((stack) =>
    resourcesOf(stack, "AWS::Lambda::Function").flatMap(([id, fn]) => {
      const { Variables = {} } = (fn.Properties!["Environment"] ?? {}) as {
        Variables?: Record<string, unknown>;
      };
      const text = Variables["CLIO_PROVIDER_SETTINGS"];
      return typeof text === "string" ? [[entryOf(id, fn), text] as const] : [];
    }),
  );
  expect(told.map(([entry]) => entry).sort()).toEqual(TOLD);
  for (const [, text] of told)
    expect(runConfig.parse(JSON.parse(text))).toMatchObject({ provider: "openai", max_cost_usd: 3 });
});

/** Statements about Bedrock, by function. */
function bedrockRights(context: Context): Map<string, Statement[]> {
  const { pipeline: template, web } = templatesOf(context);
  const rights = [...statementsByEntry(template), ...statementsByEntry(web)].map(
    ([entry, statements]): [string, Statement[]] => [
      entry,
      statements.filter(({ actions }) => actions.some((action) => action.startsWith("bedrock"))),
    ],
  );
  return new Map(rights.filter(([, statements]) => statements.length > 0));
}

test.each<Context>([
  {},
  { provider: "openai" },
  { provider: "compatible", model: "openai.gpt-oss-20b-1:0", modelBaseUrl: "https://models.example/v1" },
])("a stage of %j has no right in Bedrock", (given) => {
  expect([...bedrockRights({ stage: "prod", ...given })]).toEqual([]);
});

const HERE = "<AWS::Region>";
const foundation = (region: string, model: string): string =>
  `arn:<AWS::Partition>:bedrock:${region}::foundation-model/${model}`;

test("a stage of Bedrock may ask its one model where it is, in the functions that ask and nowhere else", () => {
  const model = "openai.gpt-oss-20b-1:0";
  const rights = bedrockRights({ stage: "prod", provider: "bedrock", model });
  expect([...rights.keys()].sort()).toEqual(ASKING);
  for (const statements of rights.values())
    expect(statements).toEqual([
      { actions: ["bedrock:InvokeModel"], resources: [foundation(HERE, model)], condition: undefined },
    ]);
});

const profileArn = (profile: string): string =>
  `arn:<AWS::Partition>:bedrock:${HERE}:<AWS::AccountId>:inference-profile/${profile}`;

test.each([
  ["us.anthropic.claude-haiku-4-5-20251001-v1:0", ["us-east-2", "us-west-2"], ["eu-west-1", "ca-central-1"]],
  ["eu.anthropic.claude-haiku-4-5-20251001-v1:0", ["eu-north-1", "eu-west-3"], ["us-east-1", ""]],
  ["apac.amazon.nova-lite-v1:0", ["ap-south-1", "ap-northeast-3"], ["us-east-1"]],
  ["global.anthropic.claude-haiku-4-5-20251001-v1:0", [""], ["us-east-1"]],
])("%s: the profile, and through it alone the model where it routes to", (profile, inside, outside) => {
  const rights = bedrockRights({ stage: "prod", provider: "bedrock", model: profile });
  expect([...rights.keys()].sort()).toEqual(ASKING);
  const model = profile.slice(profile.indexOf(".") + 1);
  for (const statements of rights.values()) {
    expect(statements.flatMap(({ actions }) => actions)).toEqual([
      "bedrock:InvokeModel",
      "bedrock:InvokeModel",
    ]);
    const [own, through] = statements as [Statement, Statement];
    expect(own).toMatchObject({ resources: [profileArn(profile)], condition: undefined });
    expect(through.condition).toEqual({
      StringEquals: { "bedrock:InferenceProfileArn": expect.anything() as unknown },
    });
    expect(JSON.stringify(through.condition)).toContain(`inference-profile/${profile}`);
    const may = (region: string, asked = model): boolean =>
      through.resources.some((pattern) => matches(pattern, foundation(region, asked)));
    expect([HERE, ...inside].map((region) => [region, may(region)])).toEqual(
      [HERE, ...inside].map((region) => [region, true]),
    );
    expect(outside.filter((region) => may(region))).toEqual([]);
    expect([HERE, ...inside].filter((region) => may(region, "anthropic.claude-opus-4-6-v1"))).toEqual([]);
    expect(through.resources.every((pattern) => pattern.endsWith(`::foundation-model/${model}`))).toBe(true);
  }
});

test("a vendor's name is no geography", () => {
  for (const model of ["openai.gpt-oss-120b-1:0", "amazon.nova-lite-v1:0", "usual.model", "us"])
    expect(bedrockAccess(model)).toEqual({ model, profile: null, regions: [] });
});
