import type { App } from "aws-cdk-lib";
import type { LambdaAssets } from "./constructs/house-function.ts";
import { DataStack } from "./stacks/data.ts";
import { PipelineStack } from "./stacks/pipeline.ts";
import { WebStack } from "./stacks/web.ts";
import { stageSettings } from "./stages.ts";

export interface ClioStacks {
  readonly data: DataStack;
  readonly pipeline: PipelineStack;
  readonly web: WebStack;
}

/** The three stacks of the stage that the app's context names. @param site folder of the built site. */
export function addStacks(app: App, assets: LambdaAssets, site: string): ClioStacks {
  const stage = stageSettings((name) => app.node.tryGetContext(name));
  const data = new DataStack(app, { stage });
  const pipeline = new PipelineStack(app, { stage, data, assets });
  const web = new WebStack(app, { stage, data, pipeline, assets, site });
  return { data, pipeline, web };
}
