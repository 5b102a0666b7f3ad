import { count } from "../model/numbers.ts";
import { Scrolled } from "../ui/scrolled.tsx";

const HEIGHT = 56;
const BAR = 26;
const GAP = 6;

/** Conversations by week, as bars; weeks with too few are not drawn, and that is said. */
export function Series({
  weeks,
  hidden,
}: {
  readonly weeks: readonly { readonly week: string; readonly conversations: number }[];
  readonly hidden: number;
}) {
  const most = Math.max(1, ...weeks.map(({ conversations }) => conversations));
  const note =
    hidden === 0 ? "" : ` ${count(hidden)} more are in weeks with too few to show, or have no date.`;
  if (weeks.length === 0)
    return <p className="text-[0.87rem] text-faint">No week has enough to be shown.{note}</p>;
  const words = weeks.map(({ week, conversations }) => `week of ${week}: ${conversations}`).join(", ");
  return (
    <figure>
      <Scrolled label="Conversations by week">
        <svg
          role="img"
          aria-label={`Conversations by week: ${words}.${note}`}
          width={weeks.length * (BAR + GAP)}
          height={HEIGHT + 16}
        >
          {weeks.map(({ week, conversations }, i) => {
            const height = Math.max(2, (conversations / most) * (HEIGHT - 14));
            return (
              <g key={week} transform={`translate(${i * (BAR + GAP)} 0)`}>
                <title>{`Week of ${week}: ${conversations}`}</title>
                <rect y={HEIGHT - height} width={BAR} height={height} rx="2" className="fill-mark" />
                <text
                  x={BAR / 2}
                  y={HEIGHT - height - 3}
                  textAnchor="middle"
                  className="fill-soft text-[10px] tabular-nums"
                >
                  {conversations}
                </text>
                <text
                  x={BAR / 2}
                  y={HEIGHT + 12}
                  textAnchor="middle"
                  className="fill-faint text-[9px] tabular-nums"
                >
                  {week.slice(5)}
                </text>
              </g>
            );
          })}
        </svg>
      </Scrolled>
      {note !== "" && <figcaption className="text-[0.82rem] text-faint">{note.trim()}</figcaption>}
    </figure>
  );
}
