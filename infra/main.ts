import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { buildLambdas } from "../scripts/build-lambdas.ts";
import { addStacks } from "./clio-app.ts";

/** What `cdk` runs: builds the functions, then describes the stacks. Without a network, an account or a look-up. */
const built = join(import.meta.dirname, "..", "dist", "lambdas");

// eslint-disable-next-line node/no-process-env -- for `cdk diff` again and again: the folders are those of the build before
if (process.env["CLIO_SKIP_LAMBDA_BUILD"] !== "1") await buildLambdas(built);

const app = new App({ analyticsReporting: false });
addStacks(app, { light: join(built, "light"), encoder: join(built, "encoder") });
app.synth();
