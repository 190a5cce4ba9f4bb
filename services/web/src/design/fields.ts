import { hiddenFields } from "../forms/form-values.ts";
import type { FormState } from "../forms/attempt.ts";
import { html, type Content, type Html } from "./html.ts";
import { facts } from "./parts.ts";

type Sender = { newCommand(): string; readonly person: { readonly tag: string } | null };

/**
 * A form for one action of a page, sent to the page itself (or to `to`). It carries a key, so that what comes twice
 * is done once, and whose page it is, so that nobody sends another's.
 */
export function form(
  visit: Sender,
  state: FormState,
  fields: Content,
  { to = "", upload = false, className }: { to?: string; upload?: boolean; className?: string } = {},
): Html {
  return html`<form
    method="post"
    ${to === "" ? null : html` action="${to}"`}
    ${className ? html` class="${className}"` : null}
    ${upload ? html` enctype="multipart/form-data"` : null}
  >
    ${hidden(hiddenFields.command, visit.newCommand())}${visit.person ? hidden(hiddenFields.person, visit.person.tag) : null}${hidden(hiddenFields.action, state.action)}
    ${summary(state)}${fields}
  </form>`;
}

export const hidden = (name: string, value: string | number): Html =>
  html`<input type="hidden" name="${name}" value="${value}" />`;

/** What a form's hidden fields stand for, as it is read before it is sent. */
export function hiddenFacts(state: FormState, list: readonly (readonly [string, Content] | null)[]): Html {
  for (const fact of list) if (fact) state.tell(fact[0], fact);
  return facts(list);
}

function summary(state: FormState): Content {
  if (state.problem) return html`<p class="wrong" role="alert">${state.problem}</p>`;
  const count = Object.keys(state.errors).length;
  if (count === 0) return null;
  return html`<p class="wrong" role="alert">
    ${count === 1 ? "Falta corregir un dato." : `Faltan corregir ${count} datos.`}
  </p>`;
}

export const submit = (words: string, { quiet = false, danger = false } = {}): Html =>
  html`<button ${quiet || danger ? html` class="${danger ? "danger" : "quiet-button"}"` : null}>
    ${words}
  </button>`;

/** One button that does something: a form without fields. */
export function actionButton(
  visit: Sender,
  state: FormState,
  words: string,
  {
    values = {},
    quiet = false,
    danger = false,
    to = "",
  }: {
    values?: Readonly<Record<string, string | number>>;
    quiet?: boolean;
    danger?: boolean;
    to?: string;
  } = {},
): Html {
  if (Object.entries(values).every(([name, value]) => state.value(name) === String(value)))
    state.tell("", ["Usted tocó", words]);
  return form(
    visit,
    state,
    html`${Object.entries(values).map(([name, value]) => hidden(name, value))}${submit(words, { quiet, danger })}`,
    { to, className: "one" },
  );
}

/**
 * What cannot be undone takes two taps: the first shows what will happen, the second, `words`, does it. Needs no
 * JavaScript, and stays open where it was refused.
 */
export function onceMore(
  visit: Sender,
  state: FormState,
  {
    first,
    says,
    words,
    values = {},
  }: {
    first: Content;
    says: Content;
    words: string;
    values?: Readonly<Record<string, string | number>>;
  },
): Html {
  return html`<details ${state.problem ? html` open` : null}>
    <summary>${first}</summary>
    <p>${says}</p>
    ${actionButton(visit, state, words, { values, danger: true })}
  </details>`;
}

type Field = {
  readonly name: string;
  readonly label: Content;
  readonly hint?: Content;
  /** Nothing is said where it must be filled in; this says that it may be left out. */
  readonly optional?: boolean;
  /** Makes ids differ where a page has several forms with the same fields. */
  readonly of?: string;
};

const idOf = ({ name, of }: Field) => (of ? `${name}-${of}` : name);

function described(state: FormState, field: Field): Html {
  const id = idOf(field);
  const by = [field.hint ? `${id}-ayuda` : null, state.error(field.name) ? `${id}-mal` : null].filter(
    Boolean,
  );
  return html`${by.length > 0 ? html` aria-describedby="${by.join(" ")}"` : null}${state.error(field.name) ? html` aria-invalid="true"` : null}`;
}

/** Its label, what helps to fill it in and what is wrong with it, all of them tied to the control. */
function around(state: FormState, field: Field, control: Content): Html {
  const [id, error] = [idOf(field), state.error(field.name)];
  return html`<div class="f">
    <label for="${id}"
      >${field.label}${field.optional ? html` <span class="quiet">(si quiere)</span>` : null}</label
    >
    ${field.hint ? html`<p class="quiet" id="${id}-ayuda">${field.hint}</p>` : null}
    ${error ? html`<p class="wrong" id="${id}-mal">${error}</p>` : null}${control}
  </div>`;
}

type Input = Field & {
  readonly type?: "text" | "tel" | "date" | "time" | "password" | "search";
  readonly inputmode?: "numeric" | "decimal" | "tel" | "text";
  readonly autocomplete?: string;
  readonly maxlength?: number;
  /** What stands behind the field: "kg", "%", "meses". */
  readonly unit?: string;
  /** What stands before it: "S/". */
  readonly before?: string;
  readonly list?: string;
};

export function textField(state: FormState, field: Input): Html {
  const { name, type = "text", inputmode, autocomplete, maxlength, unit, before, list } = field;
  const written = type === "password" ? "" : asRead(state.value(name));
  tell(state, field, written && [before, written, unit].filter(Boolean).join(" "));
  const input = html`<input
    id="${idOf(field)}"
    name="${name}"
    type="${type}"
    value="${state.value(name)}"
    ${inputmode ? html` inputmode="${inputmode}"` : null}
    ${autocomplete ? html` autocomplete="${autocomplete}"` : null}
    ${maxlength ? html` maxlength="${maxlength}"` : null}
    ${list ? html` list="${list}"` : null}
    ${described(state, field)}
  />`;
  if (!unit && !before) return around(state, field, input);
  return around(
    state,
    field,
    html`<span class="unit"
      >${before ? html`<span>${before}</span>` : null}${input}${unit ? html`<span>${unit}</span>` : null}</span
    >`,
  );
}

function tell(state: FormState, { name, label }: Field, words: Content): void {
  state.tell(name, words ? [label, words] : null);
}

/** A day that a browser's calendar gave. */
const asRead = (written: string) => written.replace(/^(\d{4})-(\d\d)-(\d\d)$/, "$3/$2/$1");

/** The words of the options that were chosen. */
function chosenOf(state: FormState, name: string, options: readonly Option[]): Content {
  const chosen = options.filter(({ value }) => value !== "" && state.isChosen(name, value));
  return chosen.length > 0 && chosen.flatMap(({ words }, index) => (index > 0 ? [", ", words] : [words]));
}

export const moneyField = (state: FormState, field: Input): Html =>
  textField(state, { inputmode: "decimal", before: "S/", autocomplete: "off", ...field });

export const numberField = (state: FormState, field: Input): Html =>
  textField(state, { inputmode: "decimal", autocomplete: "off", ...field });

/** The browser's own calendar where it has one; without it a date is typed as 25/12/2026. */
export const dayField = (state: FormState, field: Input): Html =>
  textField(state, { type: "date", ...field });

export const phoneField = (state: FormState, field: Input): Html =>
  textField(state, { type: "tel", inputmode: "tel", autocomplete: "tel", ...field });

export const districtField = (state: FormState, field: Input): Html =>
  textField(state, { autocomplete: "address-level2", maxlength: 80, ...field });

export function areaField(
  state: FormState,
  field: Field & { readonly rows?: number; readonly maxlength?: number },
): Html {
  tell(state, field, state.value(field.name));
  return around(
    state,
    field,
    html`<textarea
      id="${idOf(field)}"
      name="${field.name}"
      rows="${field.rows ?? 3}"
      ${field.maxlength ? html` maxlength="${field.maxlength}"` : null}
      ${described(state, field)}
    >
${state.value(field.name)}</textarea>`,
  );
}

export type Option = { readonly value: string; readonly words: Content; readonly hint?: Content };

export function selectField(
  state: FormState,
  field: Field & { readonly options: readonly Option[]; readonly none?: string },
): Html {
  tell(state, field, chosenOf(state, field.name, field.options));
  return around(
    state,
    field,
    html`<select id="${idOf(field)}" name="${field.name}" ${described(state, field)}>
      ${field.none !== undefined ? html`<option value="">${field.none}</option>` : null}
      ${field.options.map(({ value, words }) => html`<option value="${value}" ${state.isChosen(field.name, value) ? html` selected` : null}>${words}</option>`)}
    </select>`,
  );
}

/** One of a few, or with `many` any number of them, each a target for a thumb. */
export function optionsField(
  state: FormState,
  field: Field & { readonly options: readonly Option[]; readonly many?: boolean },
): Html {
  const [id, error, type] = [idOf(field), state.error(field.name), field.many ? "checkbox" : "radio"];
  tell(state, field, chosenOf(state, field.name, field.options));
  return html`<fieldset class="f" ${described(state, field)}>
    <legend>${field.label}${field.optional ? html` <span class="quiet">(si quiere)</span>` : null}</legend>
    ${field.hint ? html`<p class="quiet" id="${id}-ayuda">${field.hint}</p>` : null}
    ${error ? html`<p class="wrong" id="${id}-mal">${error}</p>` : null}
    ${field.options.map(
      ({ value, words, hint }) =>
        html`<label class="option"
          ><input
            type="${type}"
            name="${field.name}"
            value="${value}"
            ${state.isChosen(field.name, value) ? html` checked` : null}
          />
          <span>${words}${hint ? html`<small>${hint}</small>` : null}</span></label
        >`,
    )}
  </fieldset>`;
}

/** A single tick with its sentence. */
export function tickField(state: FormState, field: Field): Html {
  const [id, error] = [idOf(field), state.error(field.name)];
  tell(state, field, state.isChosen(field.name, "si") && "sí");
  return html`<div class="f">
    ${error ? html`<p class="wrong" id="${id}-mal">${error}</p>` : null}
    <label class="option"
      ><input
        type="checkbox"
        id="${id}"
        name="${field.name}"
        value="si"
        ${state.isChosen(field.name, "si") ? html` checked` : null}
        ${described(state, field)}
      />
      <span
        >${field.label}${field.hint ? html`<small id="${id}-ayuda">${field.hint}</small>` : null}</span
      ></label
    >
  </div>`;
}

export function fileField(state: FormState, field: Field & { readonly accept: string }): Html {
  return around(
    state,
    field,
    html`<input
      id="${idOf(field)}"
      name="${field.name}"
      type="file"
      accept="${field.accept}"
      ${described(state, field)}
    />`,
  );
}
