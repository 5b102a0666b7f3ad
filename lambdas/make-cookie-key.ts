import { tellError } from "../shared/errors.ts";

export interface CookieKeyServices {
  /** The private key that is kept, PEM; null before there is one. */
  readonly held: () => Promise<string | null>;
  readonly keep: (privateKey: string) => Promise<void>;
  readonly newKey: () => string | Buffer;
  readonly publicOf: (privateKey: string) => string | Buffer;
  /** PUTs an answer to an address of CloudFormation's. */
  readonly respond: (url: string, body: string) => Promise<void>;
}

interface ResourceEvent {
  readonly RequestType: "Create" | "Update" | "Delete";
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** The resource never changes identity: a key that is there is kept, and its secret goes with the stack. */
const PHYSICAL_ID = "cookie-key";

/** Answers a custom resource with the public key; CloudFormation waits an hour for an answer that does not come. */
export async function makeCookieKey(event: ResourceEvent, services: CookieKeyServices): Promise<object> {
  const { RequestType, ResponseURL, StackId, RequestId, LogicalResourceId } = event;
  const answer = (rest: object): Promise<void> =>
    services.respond(
      ResponseURL,
      JSON.stringify({ StackId, RequestId, LogicalResourceId, PhysicalResourceId: PHYSICAL_ID, ...rest }),
    );
  try {
    if (RequestType === "Delete") {
      await answer({ Status: "SUCCESS" });
      return {};
    }
    let privateKey = await services.held();
    if (privateKey === null) {
      privateKey = String(services.newKey());
      await services.keep(privateKey);
    }
    await answer({ Status: "SUCCESS", Data: { PublicKey: String(services.publicOf(privateKey)) } });
  } catch (error) {
    await answer({ Status: "FAILED", Reason: tellError(error, "the site's cookie key").code });
  }
  return {};
}
