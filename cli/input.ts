import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileInput } from "../shared/adapters/directory/input-source.ts";
import { UsageError } from "../shared/errors.ts";
import type { InputSource } from "../shared/ports/input-source.ts";
import type { Io } from "./io.ts";
import { safe } from "./render/text.ts";

/** The sample corpus, in the folder where clio is started or beside this program. */
export const DEFAULT_INPUT = "data/mock/conversations_llm_200.jsonl";

export interface Input {
  readonly source: InputSource;
  /** As the user would type it. */
  readonly shown: string;
  /** Whether nobody named it. */
  readonly isDefault: boolean;
}

/** Where the default input is, or null when it is nowhere. */
export function findDefaultInput({ cwd, packageDir }: Pick<Io, "cwd" | "packageDir">): string | null {
  const packaged = join(packageDir, DEFAULT_INPUT);
  if (existsSync(resolve(cwd, DEFAULT_INPUT))) return DEFAULT_INPUT;
  return existsSync(packaged) ? packaged : null;
}

/** Opens the input named, or the default one. Throws UsageError when there is none or it is no file that can be read. */
export async function openInput(io: Pick<Io, "cwd" | "packageDir">, asked: string | null): Promise<Input> {
  if (asked !== null) {
    if (asked === "-") {
      throw new UsageError("The input cannot be standard input.", {
        code: "input_not_a_file",
        hint: "Write the conversations to a file first: a run reads its input more than once.",
      });
    }
    return { source: await openAt(io, asked), shown: asked, isDefault: false };
  }
  const found = findDefaultInput(io);
  if (found === null) {
    throw new UsageError(`There is no ${DEFAULT_INPUT} here, and no input was named.`, {
      code: "input_not_found",
      hint: "Name your file with --input, or make one with clio-generate-mock-data.",
    });
  }
  return { source: await openAt(io, found), shown: found, isDefault: true };
}

async function openAt({ cwd }: Pick<Io, "cwd">, path: string): Promise<InputSource> {
  if (path === "")
    throw new UsageError("The name of the input is empty.", {
      code: "input_not_found",
      hint: "Name a file with --input.",
    });
  return fileInput(resolve(cwd, path));
}

/** The path of an input as it goes into messages. */
export const shownInput = ({ shown }: Pick<Input, "shown">): string => safe(shown);
