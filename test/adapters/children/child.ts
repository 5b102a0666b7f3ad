import { once } from "node:events";
import { stdin, stdout } from "node:process";

/** Says that this process is ready and waits for the parent's word, so that all children begin at once. */
export async function ready(): Promise<void> {
  stdout.write("ready\n");
  await once(stdin, "data");
  stdin.unref();
}

/** Writes a line and returns when the operating system has it. */
export async function say(line: string): Promise<void> {
  await new Promise<void>((resolve) => {
    stdout.write(`${line}\n`, () => resolve());
  });
}
