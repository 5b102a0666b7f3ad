import { join } from "node:path";
import { run } from "./command.ts";
import { ACCOUNT, emulatorEnvironment, loopbackEndpoint, REGION } from "./environment.ts";
import { main, say } from "./main.ts";
import { BIN, ROOT } from "./paths.ts";
import { uploadSite } from "./site.ts";

/** Deploys the stacks to the emulator, as they are for `stage=local`, and the site with them; what follows `--` goes to `cdk`, such as `-c provider=…`. */
await main(async () => {
  const endpoint = loopbackEndpoint(process.env["AWS_ENDPOINT_URL"]);
  const environment = emulatorEnvironment(process.env, endpoint);
  const cdk = (...args: string[]): Promise<void> =>
    run(
      join(BIN, "cdk"),
      [...args, "-c", "stage=local", "--no-notices", ...process.argv.slice(2)],
      environment,
    );
  await cdk("bootstrap", `aws://${ACCOUNT}/${REGION}`);
  await cdk("deploy", "--all", "--require-approval", "never");
  // Built by the deployment before.
  const address = await uploadSite(endpoint, join(ROOT, "dist/site"));
  say(`The dashboard is at ${address}`);
});
