import { Writable } from "node:stream";
import { SingleBar } from "cli-progress";
import type { Sink } from "../io.ts";

const FRAMES_PER_SECOND = 10;
const SAVE_CURSOR = "\u001b7";
const RESTORE_CURSOR = "\u001b8";

/**
 * The sink without saving and restoring the cursor's place: the place is one of the screen, so that after any line in
 * between, such as the echo of a key, a restored cursor would overwrite what stands above. A bar needs only its line.
 */
function withoutCursorPlaces(sink: Sink): Sink {
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      if (text !== SAVE_CURSOR && text !== RESTORE_CURSOR) sink.write(text);
      done();
    },
  });
  return Object.defineProperties(stream, {
    isTTY: { get: () => sink.isTTY },
    columns: { get: () => sink.columns },
  });
}

/** Draws a line again and again in one place until it is stopped, and then takes it away. */
export function openBar(sink: Sink, line: () => string): { stop(): void } {
  const bar = new SingleBar({
    stream: withoutCursorPlaces(sink),
    format: line,
    fps: FRAMES_PER_SECOND,
    hideCursor: true,
    clearOnComplete: true,
    // Ctrl-C is the command's: it ends what is under way and then stops the bar.
    gracefulExit: false,
  });
  bar.start(1, 0);
  return { stop: () => bar.stop() };
}
