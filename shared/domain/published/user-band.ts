import type { UserBand } from "../../contracts/published.ts";

/** The band that a number of unique users is published as: exact numbers of users could be subtracted. */
export function userBandOf(users: number): UserBand {
  if (users < 10) return "min-9";
  if (users < 25) return "10-24";
  if (users < 50) return "25-49";
  if (users < 100) return "50-99";
  if (users < 250) return "100-249";
  return users < 1000 ? "250-999" : "1000+";
}
