import type { UserBand } from "../../shared/contracts/published.ts";

/** "5 to 9 people"; the lowest band begins at the minimum of the run. */
export function bandWords(band: UserBand, minUsers: number): string {
  if (band === "1000+") return "1,000 people or more";
  const [from = "", to = ""] = band.split("-");
  const least = from === "min" ? String(minUsers) : from;
  return Number(least) >= Number(to) ? `${least} people or more` : `${least} to ${to} people`;
}
