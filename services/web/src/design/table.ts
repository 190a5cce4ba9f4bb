import type { Option } from "./fields.ts";
import { html, type Content, type Html } from "./html.ts";
import { withQuery } from "./parts.ts";

type Query = Readonly<Record<string, string | undefined>>;

export type Column<Item> = {
  /** With its unit: "Precio (S/)". */
  readonly title: string;
  readonly cell: (item: Item) => Content;
  /** Numbers stand under each other. */
  readonly number?: boolean;
  /** The name by which the list can be ordered. */
  readonly sort?: string;
};

/**
 * A table for who works with many: the first column names the row. Sorting is a link, and the address says it. On a
 * phone each row is a card with its headings in it, so that nothing is cut off.
 */
export function table<Item>(
  { caption, path, query }: { caption: string; path: string; query: Query },
  columns: readonly Column<Item>[],
  items: readonly Item[],
): Html {
  return html`<section class="scroll" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => heading(column, path, query))}
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (item) =>
            html`<tr>
              ${columns.map(({ title, cell, number }, index) =>
                index === 0
                  ? html`<th scope="row">${cell(item)}</th>`
                  : html`<td data-th="${title}" ${number ? html` class="number"` : null}>${cell(item)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** `orden=nombre` goes up, `orden=-nombre` down. */
function heading<Item>({ title, number, sort }: Column<Item>, path: string, query: Query): Html {
  const attributes = number ? html` class="number"` : null;
  if (!sort) return html`<th scope="col" ${attributes}>${title}</th>`;
  const now = query["orden"];
  const next = now === sort ? `-${sort}` : sort;
  const order = now === sort ? "ascending" : now === `-${sort}` ? "descending" : "none";
  return html`<th scope="col" aria-sort="${order}" ${attributes}>
    <a href="${withQuery(path, { ...query, orden: next, desde: undefined })}">${title}</a>
  </th>`;
}

export type Filter =
  | {
      readonly name: string;
      readonly label: string;
      readonly options: readonly Option[];
      readonly all: string;
    }
  | { readonly name: string; readonly label: string; readonly type: "text" | "date" };

/** What a list is narrowed by, and its export with the same filters. */
export function filters(path: string, query: Query, list: readonly Filter[], exportPath?: string): Html {
  const file = exportPath
    ? html`<a class="more" href="${withQuery(exportPath, { ...query, desde: undefined })}"
        >Descargar (CSV)</a
      >`
    : null;
  if (list.length === 0) return html`<p>${file}</p>`;
  return html`<form class="filters" method="get" action="${path}">
    ${list.map((filter) => control(filter, query))}
    <button class="quiet-button">Filtrar</button>
    ${file}
  </form>`;
}

function control(filter: Filter, query: Query): Html {
  const { name, label } = filter;
  const value = query[name] ?? "";
  const field =
    "options" in filter
      ? html`<select id="filtro-${name}" name="${name}">
          <option value="">${filter.all}</option>
          ${filter.options.map((option) => html`<option value="${option.value}" ${option.value === value ? html` selected` : null}>${option.words}</option>`)}
        </select>`
      : html`<input
          id="filtro-${name}"
          name="${name}"
          type="${typeOf(filter.type, value)}"
          value="${value}"
        />`;
  return html`<div><label for="filtro-${name}">${label}</label>${field}</div>`;
}

/** A browser's own calendar would drop what is no day, and what was typed is to be seen. */
const typeOf = (type: "text" | "date", value: string) =>
  type === "date" && value !== "" && !/^\d{4}-\d\d-\d\d$/.test(value) ? "text" : type;

/** A list as a file for a spreadsheet in Spanish: semicolons, decimal commas are the caller's, and a BOM for accents. */
export function csv(
  header: readonly string[],
  lines: readonly (readonly (string | number | null)[])[],
): Uint8Array {
  const cell = (value: string | number | null) => {
    const text = value === null ? "" : String(value);
    // A spreadsheet would take it for a formula.
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const text = [header, ...lines].map((line) => line.map(cell).join(";")).join("\r\n");
  return Buffer.from(`\uFEFF${text}\r\n`);
}
