import { Stack, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { StageSettings } from "../stages.ts";

export interface HouseStackProps {
  readonly stage: StageSettings;
}

/** `ant-clio-<stage>-<name>`, tagged; a stack of prod is deleted only after its protection is taken off by hand. */
export class HouseStack extends Stack {
  protected readonly stage: StageSettings;

  constructor(scope: Construct, name: string, description: string, { stage }: HouseStackProps) {
    super(scope, `ant-clio-${stage.name}-${name}`, {
      description: `ant-clio ${stage.name}: ${description}`,
      terminationProtection: stage.keep,
    });
    this.stage = stage;
    Tags.of(this).add("project", "ant-clio");
    Tags.of(this).add("stage", stage.name);
  }
}
