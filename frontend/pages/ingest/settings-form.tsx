import { useId, useState } from "react";
import type { ConfigKey } from "../../../shared/config.ts";
import { Button } from "../../ui/button.tsx";
import { controlStyle } from "../../ui/field.tsx";
import { Badge } from "../../ui/badge.tsx";
import { GROUPS, objectionTo, readField, settingFields, showField } from "./settings-fields.ts";
import type { Field } from "./settings-fields.ts";

/** Settings that differ from their defaults, by key. */
export type Changed = Readonly<Partial<Record<ConfigKey, unknown>>>;

function Control({
  field,
  value,
  id,
  describedBy,
  disabled,
  onChange,
}: {
  readonly field: Field;
  readonly value: unknown;
  readonly id: string;
  readonly describedBy: string;
  readonly disabled: boolean;
  readonly onChange: (value: unknown) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const shared = { id, "aria-describedby": describedBy, disabled };
  if (field.kind === "switch")
    return (
      <input
        {...shared}
        type="checkbox"
        checked={value === true}
        onChange={({ target }) => onChange(target.checked)}
        className="size-5"
      />
    );
  if (field.kind === "choice")
    return (
      <select
        {...shared}
        value={String(value)}
        onChange={({ target }) => onChange(target.value)}
        className={`${controlStyle} w-full`}
      >
        {field.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  return (
    <input
      {...shared}
      value={typed ?? showField(value)}
      placeholder={field.nullable ? "none" : ""}
      inputMode={field.kind === "number" ? (field.whole ? "numeric" : "decimal") : "text"}
      aria-invalid={objectionTo(field.key, value) !== null}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(readField(field, target.value));
      }}
      onBlur={() => setTyped(null)}
      className={`${controlStyle} w-full`}
    />
  );
}

function Row({
  field,
  changed,
  fixed,
  onChange,
}: {
  readonly field: Field;
  readonly changed: Changed;
  readonly fixed: boolean;
  readonly onChange: (key: ConfigKey, value: unknown) => void;
}) {
  const id = useId();
  const isChanged = field.key in changed;
  const value = isChanged ? changed[field.key] : field.preset;
  const objection = isChanged ? objectionTo(field.key, value) : null;
  return (
    <div className="grid items-start gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0 sm:grid-cols-[minmax(0,1fr)_13rem]">
      <div>
        <label htmlFor={id} className="inline-block font-medium first-letter:uppercase">
          {field.label}
        </label>{" "}
        {fixed && <Badge icon="lock">set by the deployment</Badge>}
        {isChanged && !fixed && (
          <button
            type="button"
            className="min-h-6 px-1 text-[0.85rem] text-accent-strong underline"
            onClick={() => onChange(field.key, field.preset)}
          >
            back to {showField(field.preset) || "none"}
          </button>
        )}
        <p id={`${id}-about`} className="text-[0.87rem] text-faint">
          {field.description}
          {field.least !== null && field.most !== null && field.most < Number.MAX_SAFE_INTEGER
            ? ` (${field.least} to ${field.most})`
            : ""}
        </p>
        {objection !== null && (
          <p role="alert" className="text-[0.87rem] text-bad">
            {objection}
          </p>
        )}
      </div>
      <Control
        field={field}
        value={value}
        id={id}
        describedBy={`${id}-about`}
        disabled={fixed}
        onChange={(next) => onChange(field.key, next)}
      />
    </div>
  );
}

const PRESETS: readonly { readonly words: string; readonly changed: Changed }[] = [
  { words: "Standard", changed: {} },
  { words: "Quick look: the first 200", changed: { limit: 200 } },
  { words: "Strict: 20 people, 50 conversations", changed: { min_users: 20, min_conversations: 50 } },
];

/** The settings of a run, made from the schema that the run is checked with. */
export function SettingsForm({
  changed,
  fixed,
  onChange,
}: {
  readonly changed: Changed;
  readonly fixed: ReadonlySet<string>;
  readonly onChange: (changed: Changed) => void;
}) {
  const [onlyChanged, setOnlyChanged] = useState(false);
  const set = (key: ConfigKey, value: unknown): void => {
    const field = settingFields().find((each) => each.key === key);
    const { [key]: _before, ...others } = changed;
    onChange(showField(value) === showField(field?.preset) ? others : { ...others, [key]: value });
  };
  const shown = settingFields().filter(({ key }) => !onlyChanged || key in changed);
  return (
    <div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        {PRESETS.map(({ words, changed: preset }) => (
          <Button key={words} small onClick={() => onChange(preset)}>
            {words}
          </Button>
        ))}
        <label className="ml-auto flex items-center gap-1.5 text-[0.87rem] text-soft">
          <input
            type="checkbox"
            checked={onlyChanged}
            onChange={({ target }) => setOnlyChanged(target.checked)}
          />
          Only what is changed ({Object.keys(changed).length})
        </label>
      </div>
      {GROUPS.map((group) => {
        const fields = shown.filter((field) => field.group === group);
        if (fields.length === 0) return null;
        const inGroup = fields.filter(({ key }) => key in changed).length;
        return (
          <details
            key={group}
            open={group === "Essentials" || onlyChanged}
            className="border-t border-line py-1"
          >
            <summary className="min-h-8 cursor-pointer font-semibold leading-8">
              {group}
              {inGroup > 0 && <span className="font-normal text-accent-strong"> · {inGroup} changed</span>}
            </summary>
            {fields.map((field) => (
              <Row
                key={field.key}
                field={field}
                changed={changed}
                fixed={fixed.has(field.key)}
                onChange={set}
              />
            ))}
          </details>
        );
      })}
      {shown.length === 0 && (
        <p className="text-soft">Nothing is changed: all settings are at their defaults.</p>
      )}
    </div>
  );
}
