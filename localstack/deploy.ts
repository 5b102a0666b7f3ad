import { join } from "node:path";
import { run } from "./command.ts";
import { ACCOUNT, emulatorEnvironment, loopbackEndpoint, REGION } from "./environment.ts";
import { main } from "./main.ts";
import { BIN } from "./paths.ts";

/** Deploys the stacks to the emulator, as they are for `stage=local`; what follows `--` goes to `cdk`, such as `-c provider=…`. */
await main(async () => {
  const environment = emulatorEnvironment(process.env, loopbackEndpoint(process.env["AWS_ENDPOINT_URL"]));
  const cdk = (...args: string[]): Promise<void> =>
    run(
      join(BIN, "cdk"),
      [...args, "-c", "stage=local", "--no-notices", ...process.argv.slice(2)],
      environment,
    );
  await cdk("bootstrap", `aws://${ACCOUNT}/${REGION}`);
  await cdk("deploy", "--all", "--require-approval", "never");
});
