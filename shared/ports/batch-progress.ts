import type { PartAddress } from "../keys.ts";

/** How far a round is, without a hot counter: one record per finished batch, counted when somebody asks. */
export interface BatchProgress {
  /** Notes that a batch's part is there; repeating it changes nothing. Gone with the run's record. */
  finished(address: PartAddress, batch: number): Promise<void>;
  /** Finished batches of the round. */
  count(address: PartAddress): Promise<number>;
}
