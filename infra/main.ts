import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { buildLambdas } from "../scripts/build-lambdas.ts";
import { buildSite } from "../scripts/build-site.ts";
import { addStacks } from "./clio-app.ts";

/** What `cdk` runs: builds functions and site, then describes the stacks. Without a network, an account or a look-up. */
const dist = join(import.meta.dirname, "..", "dist");
const lambdas = join(dist, "lambdas");
const site = join(dist, "site");

// eslint-disable-next-line node/no-process-env -- for `cdk diff` again and again: the folders are those of the build before
if (process.env["CLIO_SKIP_LAMBDA_BUILD"] !== "1") {
  await buildLambdas(lambdas);
  await buildSite();
}

const app = new App({ analyticsReporting: false });
addStacks(app, { light: join(lambdas, "light"), encoder: join(lambdas, "encoder") }, site);
app.synth();
