import { readFile, readdir } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SITE_MEDIA_TYPES } from "../shared/contracts/site.ts";
import type { SiteConfig } from "../shared/contracts/site.ts";
import { clientOptions, findSite } from "./deployment.ts";

/** The page that the site is opened with. An emulator has nothing that would answer a page's address with index.html. */
const FIRST_PAGE = "runs";

/** What the site has to know on an emulator: everything is on its one origin, and nobody signs in. */
export function emulatorSite(site: { bucket: string; api: string; published: string }): SiteConfig {
  return {
    schema_version: "1.0.0",
    base_path: `/${site.bucket}/`,
    api: `/_aws/execute-api/${site.api}/local/api`,
    data: `/${site.published}`,
    uploads: null,
    auth: { mode: "none" },
  };
}

/** `index.html` of a site that lies below the name of its bucket. */
export function belowBucket(html: string, bucket: string): string {
  return html.replaceAll(/(src|href)="\/(?!\/)/g, `$1="/${bucket}/`);
}

/** Uploads the built site with its `config.json`; answers the address of its first page. */
export async function uploadSite(endpoint: URL, built: string): Promise<string> {
  const site = await findSite(endpoint);
  const { bucket } = site;
  const client = new S3Client({ ...clientOptions(endpoint), forcePathStyle: true });
  const put = async (key: string, body: string | Uint8Array, type: string): Promise<void> => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: type }));
  };
  for (const entry of await readdir(built, { recursive: true, withFileTypes: true })) {
    const type = SITE_MEDIA_TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined || entry.name === "index.html") continue;
    const file = join(entry.parentPath, entry.name);
    await put(relative(built, file).replaceAll("\\", "/"), await readFile(file), type);
  }
  await put("config.json", JSON.stringify(emulatorSite(site)), SITE_MEDIA_TYPES[".json"]!);
  const index = belowBucket(await readFile(join(built, "index.html"), "utf8"), bucket);
  for (const key of ["index.html", FIRST_PAGE]) await put(key, index, SITE_MEDIA_TYPES[".html"]!);
  client.destroy();
  return `${endpoint.origin}/${bucket}/${FIRST_PAGE}`;
}
