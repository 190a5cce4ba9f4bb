import { html as escaped } from "ghtml";

/** Markup that may be sent as it is. Only `html` makes it, so a name from the database never becomes it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * A template whose values are escaped unless they are themselves `Html`. ghtml alone marks a raw value by a `!`
 * before it, which a Spanish exclamation would set off by accident.
 */
export function html(template: TemplateStringsArray, ...values: readonly Content[]): Html {
  const literals = withoutIndentation(template);
  let markup = literals[0] ?? "";
  for (const [index, value] of values.entries()) markup += markupOf(value) + (literals[index + 1] ?? "");
  return new Html(markup);
}

const shortened = new WeakMap<TemplateStringsArray, readonly string[]>();

/** Indentation is for the reader of the source; on a slow signal it costs. Each template is shortened once. */
function withoutIndentation(template: TemplateStringsArray): readonly string[] {
  const known = shortened.get(template) ?? template.map((literal) => literal.replace(/\s*\n\s*/g, "\n"));
  shortened.set(template, known);
  return known;
}

function markupOf(value: Content): string {
  if (value instanceof Html) return value.markup;
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "object") return value.map(markupOf).join("");
  return escaped`${String(value)}`;
}
