const RATIO = 2;
const FOOT = 64;
const FONT = "system-ui, sans-serif";

export interface Caption {
  readonly title: string;
  readonly notes: readonly string[];
  readonly legend: readonly { readonly colour: string; readonly words: string }[];
}

/** What is drawn with: colours of the page as they are now, and its fonts. */
export interface Style {
  readonly ground: string;
  readonly ink: string;
  readonly soft: string;
  readonly font: (size: number, weight?: number) => string;
}

function currentStyle(): Style {
  const styled = (name: string): string =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return {
    ground: styled("--panel"),
    ink: styled("--ink"),
    soft: styled("--ink-soft"),
    font: (size, weight = 400) => `${weight} ${size}px ${FONT}`,
  };
}

/**
 * What is seen as a PNG, twice as fine as the page, with what it is of below it.
 * @param size CSS pixels.
 * @param paint draws into a context of device pixels, `ratio` of them to one of CSS.
 */
export async function pictureOf(
  { width, height }: { readonly width: number; readonly height: number },
  paint: (context: CanvasRenderingContext2D, ratio: number, style: Style) => void,
  { title, notes, legend }: Caption,
): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = width * RATIO;
  canvas.height = (height + FOOT) * RATIO;
  const context = canvas.getContext("2d");
  if (context === null) return null;
  const style = currentStyle();
  const { ground, ink, soft, font } = style;
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.save();
  paint(context, RATIO, style);
  context.restore();
  context.scale(RATIO, RATIO);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.font = font(13, 600);
  context.fillStyle = ink;
  context.fillText(title.slice(0, 120), 12, height + 14, width - 24);
  context.font = font(12);
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
