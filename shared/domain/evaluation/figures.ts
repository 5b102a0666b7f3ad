import type { RateWithInterval } from "../../contracts/privacy.ts";

export interface Bar {
  readonly name: string;
  readonly rate: RateWithInterval;
}

/** Bars of one figure: more cannot be read. */
const MOST_BARS = 60;
const NAME_LENGTH = 38;

const ROW = 20;
const LEFT = 260;
const PLOT = 360;
const RIGHT = 110;
const TOP = 44;

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Without what XML may not hold, and short. */
function shownName(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "");
  return escapeXml(plain.length > NAME_LENGTH ? `${plain.slice(0, NAME_LENGTH - 1).toWellFormed()}…` : plain);
}

/** Rates as horizontal bars with their intervals: an SVG document that needs nothing beside it. */
export function barFigure(title: string, bars: readonly Bar[]): string {
  const shown = bars.slice(0, MOST_BARS);
  const left = bars.length - shown.length;
  const heading = left === 0 ? title : `${title} (the ${MOST_BARS} largest of ${bars.length})`;
  const height = TOP + shown.length * ROW + 12;
  const width = LEFT + PLOT + RIGHT;
  const x = (share: number): string => (LEFT + share * PLOT).toFixed(1);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${x(share)}" x2="${x(share)}" y1="${TOP - 6}" y2="${height - 10}" stroke="#d0d4da"/>` +
      `<text x="${x(share)}" y="${TOP - 10}" text-anchor="middle" fill="#5b6470">${share * 100} %</text>`,
  );
  const rows = shown.map(({ name, rate: { rate, low, high, n } }, i) => {
    const top = TOP + i * ROW;
    const middle = (top + ROW / 2).toFixed(1);
    const text = `<text x="${LEFT - 8}" y="${top + 14}" text-anchor="end">${shownName(name)}</text>`;
    const size = `<text x="${LEFT + PLOT + 10}" y="${top + 14}" fill="#5b6470">n = ${n}</text>`;
    if (rate === null || low === null || high === null) return text + size;
    return (
      `${text}<rect x="${LEFT}" y="${top + 3}" width="${(rate * PLOT).toFixed(1)}" height="${ROW - 6}" fill="#7a9cc6"/>` +
      `<line x1="${x(low)}" x2="${x(high)}" y1="${middle}" y2="${middle}" stroke="#1f2933" stroke-width="1.5"/>${size}`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" fill="#1f2933" role="img">
<title>${escapeXml(heading)}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="12" y="18" font-size="14" font-weight="600">${escapeXml(heading)}</text>
${[...grid, ...rows].join("\n")}
</svg>
`;
}
