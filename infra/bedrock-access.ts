/** What calling a model of Bedrock takes. */
export interface BedrockAccess {
  /** The foundation model. */
  readonly model: string;
  /** The inference profile that it is called through, or null: it is called where the stage is. */
  readonly profile: string | null;
  /** Of the model's ARNs beside that of the stage's region, as IAM patterns; of a global profile's it is left out. */
  readonly regions: readonly string[];
}

/**
 * Where the profile of a geography hands calls to. Which regions exactly differs by model and grows with time; the profile
 * itself fixes them, and a right that holds through the profile alone does not go further.
 */
const GEOGRAPHIES: Readonly<Record<string, readonly string[]>> = {
  us: ["us-*"],
  eu: ["eu-*"],
  apac: ["ap-*"],
  jp: ["ap-northeast-*"],
  au: ["ap-southeast-*"],
  ca: ["ca-*"],
  global: [""],
};

/** "us.anthropic.claude-…" is an inference profile, "openai.gpt-oss-20b-1:0" a foundation model. */
export function bedrockAccess(model: string): BedrockAccess {
  const dot = model.indexOf(".");
  const regions = GEOGRAPHIES[model.slice(0, Math.max(0, dot))];
  return regions === undefined
    ? { model, profile: null, regions: [] }
    : { model: model.slice(dot + 1), profile: model, regions };
}
