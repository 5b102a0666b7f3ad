/** Weeks of a group as a line of small bars; said in full in the inspector. */
export function Sparkline({ weeks }: { readonly weeks: readonly { readonly conversations: number }[] }) {
  if (weeks.length < 2) return <span className="text-faint">–</span>;
  const most = Math.max(...weeks.map(({ conversations }) => conversations));
  const shown = weeks.slice(-16);
  return (
    <svg aria-hidden="true" width={shown.length * 5} height="16">
      {shown.map(({ conversations }, i) => {
        const height = Math.max(1.5, (conversations / most) * 16);
        // eslint-disable-next-line react/no-array-index-key -- bars have no identity but their place
        return <rect key={i} x={i * 5} y={16 - height} width="4" height={height} className="fill-mark" />;
      })}
    </svg>
  );
}
