/** The planted attack in numbers and words, beside what writes it: whoever counts it needs no corpus. */

/** Conversations that the attacker writes for one target; with the target's own enough for a group at the default minimum of 15. */
export const COLLUDING = 24;
/** Accounts that these come from: one person, as many as the default minimum of users, and one for each conversation. */
export const ACCOUNTS = [1, 5, 24] as const;
/** Targets for each number of accounts: one per so many conversations. */
const CONVERSATIONS_PER_TARGET = 500;

/** Secrets that a target may have: guessing gets one in eight. */
export const SECRETS = [
  "asthma",
  "diabetes",
  "epilepsy",
  "migraine",
  "arthritis",
  "psoriasis",
  "glaucoma",
  "anaemia",
] as const;

/** What targets and their attackers write about, one for each: nothing that the other conversations are about. */
export const HOBBIES = [
  "marquetry",
  "heraldry",
  "origami",
  "calligraphy",
  "kayaking",
  "windsurfing",
  "astronomy",
  "bonsai",
  "juggling",
  "fencing",
  "glassblowing",
  "archery",
  "birdwatching",
  "woodcarving",
  "genealogy",
  "taxidermy",
  "geocaching",
  "lacemaking",
  "philately",
  "spelunking",
  "candlemaking",
  "paragliding",
  "ventriloquism",
  "bookbinding",
] as const;

/** Targets of the attack on so many conversations. */
export function targetsOf(count: number): number {
  const each = Math.round(count / CONVERSATIONS_PER_TARGET);
  return ACCOUNTS.length * Math.max(1, Math.min(HOBBIES.length / ACCOUNTS.length, each));
}

/** How many conversations `synthesise` adds for the attack. */
export function attackCount(count: number): number {
  return targetsOf(count) * (1 + COLLUDING);
}
