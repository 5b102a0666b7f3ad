/** `{ limit: 8, privacy_sample: 2 }` as `--limit 8 --privacy-sample 2`; true is a switch. */
export function flags(values: Readonly<Record<string, string | number | true>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const flag = `--${name.replaceAll("_", "-")}`;
    return value === true ? [flag] : [flag, String(value)];
  });
}
