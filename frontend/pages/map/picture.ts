import type { MapPicture } from "./map-canvas.tsx";

const RATIO = 2;
const FOOT = 64;
const FONT = "system-ui, sans-serif";

export interface Caption {
  readonly title: string;
  readonly notes: readonly string[];
  readonly legend: readonly { readonly colour: string; readonly words: string }[];
}

/** What a style of the page says now. */
const styled = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The map as a picture, twice as fine as the page: dots, names, legend, and what it is of. */
export async function pictureOf(map: MapPicture, { title, notes, legend }: Caption): Promise<Blob | null> {
  const { width, height } = map.size;
  const canvas = document.createElement("canvas");
  canvas.width = width * RATIO;
  canvas.height = (height + FOOT) * RATIO;
  const context = canvas.getContext("2d");
  if (context === null) return null;
  const [ground, ink, soft] = [styled("--panel"), styled("--ink"), styled("--ink-soft")];
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  map.paint(context, RATIO);
  context.scale(RATIO, RATIO);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `600 13px ${FONT}`;
  context.lineJoin = "round";
  for (const { x, y, lines } of map.labels)
    lines.forEach((line, i) => {
      const at = y + (i - (lines.length - 1) / 2) * 17;
      context.lineWidth = 4;
      context.strokeStyle = ground;
      context.strokeText(line, x, at);
      context.fillStyle = ink;
      context.fillText(line, x, at);
    });
  context.textAlign = "left";
  context.font = `600 13px ${FONT}`;
  context.fillStyle = ink;
  context.fillText(title.slice(0, 120), 12, height + 14, width - 24);
  context.font = `12px ${FONT}`;
  context.fillStyle = soft;
  context.fillText(notes.join(" · ").slice(0, 200), 12, height + 32, width - 24);
  let x = 12;
  for (const { colour, words } of legend) {
    const text = words.slice(0, 26);
    const room = context.measureText(text).width + 26;
    if (x + room > width) break;
    context.fillStyle = colour;
    context.fillRect(x, height + 45, 10, 10);
    context.fillStyle = soft;
    context.fillText(text, x + 14, height + 50);
    x += room;
  }
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
