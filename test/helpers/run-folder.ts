import { readFile, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fieldsLeftOut, isCompared } from "../../shared/contracts/volatile.ts";

/** Every file below a folder, as paths with "/" relative to it, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** A run's folder as path -> content, without what two equal runs may differ in. */
export async function comparable(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const path of await filesBelow(folder)) {
    if (!isCompared(path)) continue;
    const bytes = await readFile(join(folder, path));
    const left = fieldsLeftOut(path);
    if (left.length === 0) {
      found.set(path, bytes.toString("base64"));
      continue;
    }
    const value = JSON.parse(bytes.toString()) as Record<string, unknown>;
    found.set(path, JSON.stringify(Object.entries(value).filter(([field]) => !left.includes(field))));
  }
  return found;
}
