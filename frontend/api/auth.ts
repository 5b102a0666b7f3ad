import type { SiteConfig } from "../../shared/contracts/site.ts";

/** How requests say who asks. */
export interface Auth {
  /** Value of the Authorization header, or null where none is needed. Rejects when nobody is signed in. */
  header(): Promise<string | null>;
  /** Who is signed in, for people; null where nobody has to be. */
  readonly who: string | null;
  /** Signs in again after a 401, if that is possible; resolves to whether to try once more. */
  renew(): Promise<boolean>;
  signOut: (() => void) | null;
}

const TOKEN_KEY = "clio.token";
const TOKEN = /^#token=([\w-]{20,200})$/;

/** The token stands in the fragment, which no server and no log sees, and leaves the address bar at once. */
function tokenAuth(): Auth {
  const [, fromAddress] = TOKEN.exec(location.hash) ?? [];
  if (fromAddress !== undefined) {
    sessionStorage.setItem(TOKEN_KEY, fromAddress);
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  return {
    header: async () => {
      const token = sessionStorage.getItem(TOKEN_KEY);
      return token === null ? null : `Bearer ${token}`;
    },
    who: null,
    renew: async () => false,
    signOut: null,
  };
}

export async function openAuth(config: SiteConfig): Promise<Auth> {
  switch (config.auth.mode) {
    case "none":
      return { header: async () => null, who: null, renew: async () => false, signOut: null };
    case "token":
      return tokenAuth();
    case "cognito": {
      const { cognitoAuth } = await import("./cognito.ts");
      return cognitoAuth(config.auth, config.base_path);
    }
  }
}
