import * as z from "zod";
import type { SiteAuth } from "../../shared/contracts/site.ts";
import type { Auth } from "./auth.ts";

type Cognito = Extract<SiteAuth, { mode: "cognito" }>;

const SESSION_KEY = "clio.session";
const PENDING_KEY = "clio.sign-in";
/** Asked for anew when so little of it is left. */
const RENEW_BEFORE_MS = 60_000;

const tokens = z.looseObject({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  expires_in: z.number(),
});
const session = z.object({ access: z.string(), refresh: z.string().nullable(), expiresAt: z.number() });
const pending = z.object({ state: z.string(), verifier: z.string(), back: z.string() });
type Session = z.infer<typeof session>;

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
const randomText = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

function kept<S extends z.ZodType>(key: string, schema: S): z.infer<S> | null {
  try {
    const read = schema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? "null"));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/**
 * Authorization code with PKCE (RFC 7636) against Cognito's pages. Tokens live in this tab alone; what is published is read
 * with cookies that the API issues.
 */
export async function cognitoAuth(
  { domain, client_id: clientId, scopes }: Cognito,
  basePath: string,
): Promise<Auth> {
  const redirect = new URL(basePath, location.origin).href;
  let held: Session | null = kept(SESSION_KEY, session);

  async function exchange(form: Readonly<Record<string, string>>): Promise<boolean> {
    const response = await fetch(`${domain}/oauth2/token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ client_id: clientId, ...form }),
    });
    const read = tokens.safeParse(await response.json().catch(() => null));
    if (!response.ok || !read.success) return false;
    const { access_token: access, refresh_token: refresh, expires_in: seconds } = read.data;
    held = { access, refresh: refresh ?? held?.refresh ?? null, expiresAt: Date.now() + seconds * 1000 };
    sessionStorage.setItem(SESSION_KEY, JSON.stringify(held));
    return true;
  }

  async function signIn(): Promise<never> {
    const verifier = randomText();
    const state = randomText();
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    sessionStorage.setItem(
      PENDING_KEY,
      JSON.stringify({ state, verifier, back: location.pathname + location.search }),
    );
    const asked = new URLSearchParams({
      response_type: "code",
      client_id: clientId,
      redirect_uri: redirect,
      scope: scopes.join(" "),
      state,
      code_challenge: base64url(new Uint8Array(hash)),
      code_challenge_method: "S256",
    });
    location.assign(`${domain}/oauth2/authorize?${asked.toString()}`);
    // The page is left: nothing that waits for an answer goes on.
    return new Promise<never>(() => {});
  }

  const answer = new URLSearchParams(location.search);
  const code = answer.get("code");
  const asked = kept(PENDING_KEY, pending);
  if (code !== null && asked !== null && answer.get("state") === asked.state) {
    sessionStorage.removeItem(PENDING_KEY);
    const form = {
      grant_type: "authorization_code",
      code,
      redirect_uri: redirect,
      code_verifier: asked.verifier,
    };
    const signedIn = await exchange(form);
    history.replaceState(null, "", signedIn ? asked.back : basePath);
  }

  let renewing: Promise<boolean> | null = null;
  const renew = (): Promise<boolean> => {
    const refresh = held?.refresh ?? null;
    renewing ??= (
      refresh === null
        ? Promise.resolve(false)
        : exchange({ grant_type: "refresh_token", refresh_token: refresh })
    ).finally(() => {
      renewing = null;
    });
    return renewing;
  };

  if (held === null) await signIn();
  return {
    header: async () => {
      if (held !== null && held.expiresAt - Date.now() < RENEW_BEFORE_MS && !(await renew())) await signIn();
      return held === null ? null : `Bearer ${held.access}`;
    },
    who: null,
    renew: async () => (await renew()) || signIn(),
    signOut: () => {
      sessionStorage.removeItem(SESSION_KEY);
      const left = new URLSearchParams({ client_id: clientId, logout_uri: redirect });
      location.assign(`${domain}/logout?${left.toString()}`);
    },
  };
}
