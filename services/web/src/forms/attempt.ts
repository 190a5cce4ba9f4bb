import type { Content } from "../design/html.ts";
import { numberText } from "./field-kinds.ts";
import { isFile, type FormValues } from "./form-values.ts";

/** What was sent and could not be done: shown again beside what was typed. */
export type Attempt = {
  readonly action: string;
  readonly typed: FormValues;
  /** What is wrong with which field. */
  readonly errors: Readonly<Record<string, string>>;
  /** What is wrong with the whole. */
  readonly problem: string | null;
  /** Filled while the form is drawn, where somebody is to read what they typed: by the field's name. */
  readonly told?: Map<string, Told>;
};

/** What was typed into a field, as its person reads it; null for what is not repeated. */
type Told = readonly [label: Content, words: Content] | null;

/** A form as a page shows it: fields with what is known, or with what was typed and what is wrong with it. */
export type FormState = {
  readonly action: string;
  value(name: string): string;
  isChosen(name: string, option: string): boolean;
  error(name: string): string | null;
  /** Called by each field that is drawn. */
  tell(name: string, told: Told): void;
  readonly errors: Readonly<Record<string, string>>;
  readonly problem: string | null;
};

type Defaults = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/**
 * The state of the form for one action of a page. `of` tells apart several forms of one action, such as one a row:
 * the value that the attempt must carry in the field of that name.
 */
export function formState(
  attempt: Attempt | null,
  action: string,
  defaults: Defaults = {},
  of: Readonly<Record<string, string>> = {},
): FormState {
  const tried =
    attempt?.action === action && Object.entries(of).every(([name, value]) => attempt.typed[name] === value)
      ? attempt
      : null;
  const known = (name: string): readonly string[] => {
    const value = tried ? tried.typed[name] : defaults[name];
    if (value === undefined || value === null || value === false || isFile(value)) return [];
    if (value === true) return ["si"];
    if (typeof value === "number") return [numberText(value)];
    return (typeof value === "object" ? value : [value]).map(String);
  };
  return {
    action,
    value: (name) => known(name)[0] ?? "",
    isChosen: (name, option) => known(name).includes(option),
    error: (name) => tried?.errors[name] ?? null,
    tell: (name, told) => void tried?.told?.set(name, told),
    errors: tried?.errors ?? {},
    problem: tried?.problem ?? null,
  };
}
