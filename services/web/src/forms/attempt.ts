import { isFile, type FormValues } from "./form-values.ts";

/** What was sent and could not be done: shown again beside what was typed. */
export type Attempt = {
  readonly action: string;
  readonly typed: FormValues;
  /** What is wrong with which field. */
  readonly errors: Readonly<Record<string, string>>;
  /** What is wrong with the whole. */
  readonly problem: string | null;
};

/** A form as a page shows it: fields with what is known, or with what was typed and what is wrong with it. */
export type FormState = {
  readonly action: string;
  value(name: string): string;
  isChosen(name: string, option: string): boolean;
  error(name: string): string | null;
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
    return (typeof value === "object" ? value : [value]).map(String);
  };
  return {
    action,
    value: (name) => known(name)[0] ?? "",
    isChosen: (name, option) => known(name).includes(option),
    error: (name) => tried?.errors[name] ?? null,
    errors: tried?.errors ?? {},
    problem: tried?.problem ?? null,
  };
}
