import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import { translatedAws } from "./faults.ts";

export interface UploadsBelow {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
}

/** Ends uploads below a prefix that were begun and never completed: their parts are stored and paid, and no list shows them. */
export async function abortUploads({ client, bucket, prefix }: UploadsBelow): Promise<void> {
  await translatedAws("end open uploads", async () => {
    let from: { KeyMarker?: string; UploadIdMarker?: string } = {};
    for (;;) {
      const page = await client.send(
        new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix, ...from }),
      );
      for (const { Key, UploadId } of page.Uploads ?? []) {
        // An emulator may ignore the prefix: nothing else may go.
        if (Key === undefined || UploadId === undefined || !Key.startsWith(prefix)) continue;
        await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
      }
      if (page.IsTruncated !== true || page.NextKeyMarker === undefined) return;
      from = {
        KeyMarker: page.NextKeyMarker,
        ...(page.NextUploadIdMarker === undefined ? {} : { UploadIdMarker: page.NextUploadIdMarker }),
      };
    }
  });
}
