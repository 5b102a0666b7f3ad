import type { SelectHTMLAttributes } from "react";

const CONTROL =
  "min-h-9 rounded-md border border-edge bg-panel px-2.5 text-ink placeholder:text-faint disabled:opacity-55";
export const controlStyle = CONTROL;

/** The browser's own list: it knows the keyboard and the phone best. */
export function Select<T extends string>({
  label,
  choices,
  value,
  onChange,
  small = false,
  ...rest
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "value"> & {
  readonly label: string;
  readonly choices: readonly { readonly value: T; readonly words: string; readonly disabled?: boolean }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly small?: boolean;
}) {
  return (
    <label className={`inline-flex items-center gap-2 ${small ? "text-[0.87rem]" : ""}`}>
      <span className="text-soft">{label}</span>
      <select
        {...rest}
        value={value}
        onChange={({ target }) => onChange(target.value as T)}
        className={`${CONTROL} ${small ? "min-h-7!" : ""} max-w-64`}
      >
        {choices.map(({ value: each, words, disabled = false }) => (
          <option key={each} value={each} disabled={disabled}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
