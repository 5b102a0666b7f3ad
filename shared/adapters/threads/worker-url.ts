/** A worker lies beside the one that starts it, with its ending: `.ts` as source, `.js` and `.mjs` where it is bundled. */
export function workerUrl(name: string, own: string): URL {
  return new URL(`./${name}${own.slice(own.lastIndexOf("."))}`, own);
}
