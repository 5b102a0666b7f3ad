import { getSignedCookies } from "@aws-sdk/cloudfront-signer";

export interface CookieKey {
  /** Of the public key that the distribution trusts. */
  readonly keyPairId: string;
  /** PEM, PKCS #8. */
  readonly privateKey: string;
}

/**
 * `Set-Cookie` values that open what lies below a path of the site until a time. CloudFront checks them by the key
 * (Amazon CloudFront, "Use signed cookies", custom policy); scripts of the page do not see them, other sites' requests do
 * not carry them.
 * @param origin "https://….cloudfront.net"
 * @param path "/data"
 */
export function accessCookies(
  origin: string,
  path: string,
  { keyPairId, privateKey }: CookieKey,
  { now, seconds }: { readonly now: number; readonly seconds: number },
): string[] {
  const until = Math.floor(now / 1000) + seconds;
  const policy = JSON.stringify({
    Statement: [{ Resource: `${origin}/*`, Condition: { DateLessThan: { "AWS:EpochTime": until } } }],
  });
  return Object.entries(getSignedCookies({ keyPairId, privateKey, policy })).map(
    ([name, value]) =>
      `${name}=${String(value)}; Path=${path}; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Strict`,
  );
}
