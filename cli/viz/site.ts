import { readFile, readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { SITE_MEDIA_TYPES, contentSecurityPolicy } from "../../shared/contracts/site.ts";
import { PermanentError } from "../../shared/errors.ts";

export const SITE_HEADERS = {
  "content-security-policy": contentSecurityPolicy(),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

interface SiteFile {
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly zipped: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** Named after its content: it never changes. */
  readonly hashed: boolean;
}

export type Site = (request: Request) => Response;

/** Builds of the site, some hundred kB: held in memory, so that a request is never a path on disk. */
async function filesOf(folder: string): Promise<Map<string, SiteFile>> {
  let entries;
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw new PermanentError("The dashboard has not been built.", {
      code: "no_site",
      hint: "In a clone: npm run build:site. An installed package has it; install it again if not.",
      cause: error,
    });
  }
  const files = new Map<string, SiteFile>();
  for (const entry of entries) {
    const type = SITE_MEDIA_TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const plain = new Uint8Array(await readFile(file));
    const path = file.slice(folder.length).replaceAll("\\", "/");
    const zipped = new Uint8Array(await promisify(gzip)(plain, { level: 9 }));
    files.set(path, { plain, zipped, type, hashed: path.startsWith("/assets/") });
  }
  return files;
}

/** A path that names a page and no file: it has no extension. */
const isPage = (path: string): boolean => !/\.[^/]*$/.test(path);

function fileResponse({ plain, zipped, type, hashed }: SiteFile, request: Request, status = 200): Response {
  const zips = /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "");
  return new Response(request.method === "HEAD" ? null : zips ? zipped : plain, {
    status,
    headers: {
      ...SITE_HEADERS,
      "content-type": type,
      vary: "accept-encoding",
      "cache-control": hashed ? "public, max-age=31536000, immutable" : "no-cache",
      ...(zips ? { "content-encoding": "gzip" } : {}),
    },
  });
}

/** Serves a built site from memory: its files, `more` beside them, and `index.html` for every page. */
export async function openSite(folder: string, more: Readonly<Record<string, string>>): Promise<Site> {
  const files = await filesOf(folder);
  for (const [path, text] of Object.entries(more)) {
    const plain = new TextEncoder().encode(text);
    const zipped = new Uint8Array(await promisify(gzip)(plain));
    files.set(path, { plain, zipped, type: SITE_MEDIA_TYPES[extname(path)] ?? "text/plain", hashed: false });
  }
  const index = files.get("/index.html");
  return (request) => {
    const { pathname } = new URL(request.url);
    if (!["GET", "HEAD"].includes(request.method))
      return new Response(null, { status: 405, headers: { ...SITE_HEADERS, allow: "GET, HEAD" } });
    const file = files.get(pathname) ?? (isPage(pathname) ? index : undefined);
    return file === undefined
      ? new Response("There is no such file.", {
          status: 404,
          headers: { ...SITE_HEADERS, "content-type": "text/plain; charset=utf-8" },
        })
      : fileResponse(file, request);
  };
}
