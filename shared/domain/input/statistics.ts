import { ROLES, type Conversation, type Role } from "../../contracts/conversation.ts";
import {
  HISTOGRAM_BINS,
  type DatasetStatistics,
  type Distribution,
  type DistributionPart,
  type StatisticsPart,
} from "../../contracts/validation.ts";

const DAY_MS = 86_400_000;
/** Days of 0000-01-01 and 9999-12-31: an offset can move a timestamp of those years out of what YYYY-MM-DD can write. */
const FIRST_DAY = -719_528;
const LAST_DAY = 2_932_896;

function emptyDistribution(): DistributionPart {
  return {
    count: 0,
    sum: 0,
    min: null,
    max: null,
    histogram: Array.from({ length: HISTOGRAM_BINS }, () => 0),
  };
}

/** A part over no row: the neutral element of mergeStatistics. */
export function emptyStatistics(): StatisticsPart {
  return {
    conversations: 0,
    messages: 0,
    roles: { system: 0, developer: 0, user: 0, assistant: 0, tool: 0 },
    rows_with: { user_id: 0, timestamp: 0, metadata: 0 },
    turns: emptyDistribution(),
    messages_per_conversation: emptyDistribution(),
    characters: emptyDistribution(),
    first_day: null,
    last_day: null,
  };
}

/** The UTC day of a timestamp of the contract, as days since 1970-01-01. */
export function dayNumber(timestamp: string): number {
  return Math.min(LAST_DAY, Math.max(FIRST_DAY, Math.floor(Date.parse(timestamp) / DAY_MS)));
}

/** YYYY-MM-DD of a day number. */
export function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function addValue(part: DistributionPart, value: number): void {
  part.count++;
  part.sum += value;
  if (part.min === null || value < part.min) part.min = value;
  if (part.max === null || value > part.max) part.max = value;
  const bin = Math.min(HISTOGRAM_BINS - 1, 32 - Math.clz32(value));
  part.histogram[bin] = (part.histogram[bin] as number) + 1;
}

/** What is counted of a row, by place in its numbers. */
export const COUNTED = {
  /** Messages of the first of ROLES; the others follow. */
  roles: 0,
  characters: ROLES.length,
  /** Which optional fields the row has: bits of `GIVEN`. */
  given: ROLES.length + 1,
  /** Days since 1970-01-01 of the row's timestamp; 0 where it has none. */
  day: ROLES.length + 2,
} as const;
export const COUNTED_NUMBERS = ROLES.length + 3;
const GIVEN = { user_id: 1, timestamp: 2, metadata: 4 } as const;

/** Writes what is counted of a valid row into `numbers`, from `at` on: this runs once per row. */
export function countRow(row: Conversation, numbers: Int32Array, at: number): void {
  let characters = 0;
  for (const message of row.messages) {
    characters += message.content.length;
    const place = at + COUNTED.roles + ROLES.indexOf(message.role);
    numbers[place] = numbers[place]! + 1;
  }
  numbers[at + COUNTED.characters] = characters;
  numbers[at + COUNTED.given] =
    (row.user_id === undefined ? 0 : GIVEN.user_id) |
    (row.timestamp === undefined ? 0 : GIVEN.timestamp) |
    (row.metadata === undefined ? 0 : GIVEN.metadata);
  numbers[at + COUNTED.day] = row.timestamp === undefined ? 0 : dayNumber(row.timestamp);
}

/** Adds a row by its numbers to a part, in place. */
export function addCounted(part: StatisticsPart, numbers: Int32Array, at: number): void {
  let messages = 0;
  for (const [i, role] of ROLES.entries()) {
    const ofRole = numbers[at + COUNTED.roles + i]!;
    part.roles[role] += ofRole;
    messages += ofRole;
  }
  part.conversations++;
  part.messages += messages;
  addValue(part.turns, numbers[at + COUNTED.roles + ROLES.indexOf("user")]!);
  addValue(part.messages_per_conversation, messages);
  addValue(part.characters, numbers[at + COUNTED.characters]!);
  const given = numbers[at + COUNTED.given]!;
  if ((given & GIVEN.user_id) !== 0) part.rows_with.user_id++;
  if ((given & GIVEN.metadata) !== 0) part.rows_with.metadata++;
  if ((given & GIVEN.timestamp) !== 0) {
    const day = numbers[at + COUNTED.day]!;
    part.rows_with.timestamp++;
    if (part.first_day === null || day < part.first_day) part.first_day = day;
    if (part.last_day === null || day > part.last_day) part.last_day = day;
  }
}

function lower(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function higher(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

function mergeDistributions(a: DistributionPart, b: DistributionPart): DistributionPart {
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    min: lower(a.min, b.min),
    max: higher(a.max, b.max),
    histogram: a.histogram.map((n, bin) => n + (b.histogram[bin] ?? 0)),
  };
}

/** The part over the rows of both. Associative and commutative. */
export function mergeStatistics(a: StatisticsPart, b: StatisticsPart): StatisticsPart {
  const sumRoles = (role: Role): [Role, number] => [role, a.roles[role] + b.roles[role]];
  return {
    conversations: a.conversations + b.conversations,
    messages: a.messages + b.messages,
    roles: { ...a.roles, ...Object.fromEntries(ROLES.map(sumRoles)) },
    rows_with: {
      user_id: a.rows_with.user_id + b.rows_with.user_id,
      timestamp: a.rows_with.timestamp + b.rows_with.timestamp,
      metadata: a.rows_with.metadata + b.rows_with.metadata,
    },
    turns: mergeDistributions(a.turns, b.turns),
    messages_per_conversation: mergeDistributions(a.messages_per_conversation, b.messages_per_conversation),
    characters: mergeDistributions(a.characters, b.characters),
    first_day: lower(a.first_day, b.first_day),
    last_day: higher(a.last_day, b.last_day),
  };
}

/**
 * The lower middle value, interpolated in its bin, whose values are taken as evenly spread between the bin's bounds
 * (or the smallest and largest value seen, where those are narrower).
 */
function medianEstimate(part: DistributionPart): number | null {
  if (part.min === null || part.max === null) return null;
  const rank = Math.floor((part.count - 1) / 2);
  let before = 0;
  let bin = 0;
  while (before + (part.histogram[bin] ?? Infinity) <= rank) before += part.histogram[bin++] ?? 0;
  const inBin = part.histogram[bin] ?? 1;
  const low = Math.max(part.min, bin === 0 ? 0 : 2 ** (bin - 1));
  const high = bin === HISTOGRAM_BINS - 1 ? part.max : Math.min(part.max, 2 ** bin - 1);
  return inBin === 1 ? (low + high) / 2 : low + ((high - low) * (rank - before)) / (inBin - 1);
}

function finishDistribution(part: DistributionPart): Distribution {
  return {
    ...part,
    mean: part.count === 0 ? null : part.sum / part.count,
    median_estimate: medianEstimate(part),
  };
}

/** @param users distinct users, counted by the caller (a HashIndex); null when not counted. */
export function finishStatistics(part: StatisticsPart, users: number | null): DatasetStatistics {
  return {
    ...part,
    users,
    turns: finishDistribution(part.turns),
    messages_per_conversation: finishDistribution(part.messages_per_conversation),
    characters: finishDistribution(part.characters),
    first_day: part.first_day === null ? null : dayName(part.first_day),
    last_day: part.last_day === null ? null : dayName(part.last_day),
  };
}
