/**
 * What stands between a conversation and a published name, apart from the settings (masking, caps, minimums, pass mark).
 * All of it is on in every run: no setting reaches it. `bench/attack` switches one off at a time to show what it does.
 */
export interface Defences {
  /** Text for the prompts that name, and names, without markup and without sentences that instruct a model. */
  readonly neutralise: boolean;
  /** No word that too few members' users share in the prompts that name. */
  readonly supportedPrompts: boolean;
  /** Such words as enough of them share stand in a list of the cluster's, and not in a member's text. */
  readonly unlinking: boolean;
  /** No such word, no personal data and no quotation in a published name. */
  readonly screen: boolean;
}

export const ALL_DEFENCES: Defences = {
  neutralise: true,
  supportedPrompts: true,
  unlinking: true,
  screen: true,
};
