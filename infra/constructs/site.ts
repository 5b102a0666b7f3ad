import { join } from "node:path";
import { Duration } from "aws-cdk-lib";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as s3 from "aws-cdk-lib/aws-s3";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import { contentSecurityPolicy } from "../../shared/contracts/site.ts";
import type { SiteConfig } from "../../shared/contracts/site.ts";
import type { StageSettings } from "../stages.ts";
import { PrivateBucket } from "./private-bucket.ts";

export interface SiteProps {
  readonly stage: StageSettings;
  /** Host name of the API, and the path before it there. */
  readonly api: { readonly host: string; readonly path: string };
  /** Bucket of what is published. */
  readonly published: s3.IBucket;
  /** Key of the cookies that open what is published, PEM. */
  readonly cookieKey: string;
  /** Origins beside its own that the pages send requests to. */
  readonly connectTo: readonly string[];
}

const EDGE = join(import.meta.dirname, "..", "edge");
const YEAR = Duration.days(365);

/** One distribution: the pages from a private bucket, `/api/*` from the API, `/data/*` from what is published. */
export class Site extends Construct {
  /** "https://….cloudfront.net" */
  readonly origin: string;
  /** Of the key that cookies are signed with. */
  readonly cookieKeyId: string;
  private readonly bucket: PrivateBucket;
  private readonly distribution: cloudfront.Distribution;

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    const { stage, api, published } = props;
    this.bucket = new PrivateBucket(this, "Bucket", { stage });
    const key = new cloudfront.PublicKey(this, "CookieKey", {
      comment: `ant-clio ${stage.name}: cookies for what is published`,
      encodedKey: props.cookieKey,
    });
    this.cookieKeyId = key.publicKeyId;
    const keys = new cloudfront.KeyGroup(this, "CookieKeys", {
      comment: `ant-clio ${stage.name}`,
      items: [key],
    });
    const headers = this.headers("Headers", props, null);
    const data = origins.S3BucketOrigin.withOriginAccessControl(
      // By name: its policy is of the stack that owns it (stacks/data.ts).
      s3.Bucket.fromBucketName(this, "Published", published.bucketName),
    );
    const dataPaths = this.atEdge("DataPaths", "data.js");
    const behaviour = (
      rest: Pick<cloudfront.BehaviorOptions, "cachePolicy" | "responseHeadersPolicy">,
    ): cloudfront.BehaviorOptions => ({
      origin: data,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      trustedKeyGroups: [keys],
      functionAssociations: [dataPaths],
      ...rest,
    });
    this.distribution = new cloudfront.Distribution(this, "Distribution", {
      comment: `ant-clio ${stage.name}`,
      defaultRootObject: "index.html",
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: origins.S3BucketOrigin.withOriginAccessControl(this.bucket),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: headers,
        functionAssociations: [this.atEdge("Pages", "pages.js")],
      },
      additionalBehaviors: {
        "/api/*": {
          // By name: through the deployment of the API it would wait for its functions, and they for this.
          origin: new origins.HttpOrigin(api.host, {
            originPath: api.path,
            protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
          }),
          allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
          viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
          cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
          // API Gateway answers by host name: the viewer's must not reach it.
          originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
        // The first that fits counts: which generation is the latest changes, a generation does not.
        "/data/runs/*/published/latest.json": behaviour({
          cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
          responseHeadersPolicy: this.headers("LatestHeaders", props, "no-cache"),
        }),
        "/data/*": behaviour({
          cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
          responseHeadersPolicy: this.headers(
            "DataHeaders",
            props,
            `private, max-age=${YEAR.toSeconds()}, immutable`,
          ),
        }),
      },
    });
    this.origin = `https://${this.distribution.distributionDomainName}`;
  }

  private atEdge(id: string, file: string): cloudfront.FunctionAssociation {
    const fn = new cloudfront.Function(this, id, {
      runtime: cloudfront.FunctionRuntime.JS_2_0,
      code: cloudfront.FunctionCode.fromFile({ filePath: join(EDGE, file) }),
    });
    return { function: fn, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST };
  }

  private headers(
    id: string,
    { stage, connectTo }: SiteProps,
    cacheControl: string | null,
  ): cloudfront.ResponseHeadersPolicy {
    return new cloudfront.ResponseHeadersPolicy(this, id, {
      comment: `ant-clio ${stage.name}`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(connectTo), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: cloudfront.HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: YEAR, includeSubdomains: true, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: "cross-origin-opener-policy", value: "same-origin", override: true },
          { header: "cross-origin-resource-policy", value: "same-origin", override: true },
          ...(cacheControl === null
            ? []
            : [{ header: "cache-control", value: cacheControl, override: true }]),
        ],
      },
    });
  }

  /** Puts a built site there, with what it has to know of this stage. @param built folder of the build. */
  deploy(built: string, config: SiteConfig): void {
    const to = { destinationBucket: this.bucket, prune: false };
    const hashed = new BucketDeployment(this, "HashedFiles", {
      ...to,
      sources: [Source.asset(built, { exclude: ["*", "!assets", "!assets/**"] })],
      // Named after what they hold.
      cacheControl: [CacheControl.fromString(`public, max-age=${YEAR.toSeconds()}, immutable`)],
    });
    const pages = new BucketDeployment(this, "PageFiles", {
      ...to,
      sources: [Source.asset(built, { exclude: ["assets/**"] }), Source.jsonData("config.json", config)],
      cacheControl: [CacheControl.noCache()],
      distribution: this.distribution,
      distributionPaths: ["/index.html", "/config.json", "/icon.svg"],
    });
    // Pages name files that are there.
    pages.node.addDependency(hashed);
  }
}
