import { html } from "ghtml";
import type { ReportTable } from "./report-tables.ts";

/** A file that is opened without Minka: what it looks like is in it. */
const look = `
  body { font: 12pt/1.4 system-ui, sans-serif; margin: 1.5cm; color: #000 }
  h1 { font-size: 16pt; margin: 0 0 .2em }
  h2 { font-size: 13pt; margin: 1.2em 0 .3em; break-after: avoid }
  table { border-collapse: collapse; width: 100% }
  th, td { border: 1px solid #999; padding: .25em .5em; text-align: left; vertical-align: top }
  td.number { text-align: right; font-variant-numeric: tabular-nums }
  tr { break-inside: avoid }
  thead { display: table-header-group }`;

type Page = {
  readonly title: string;
  readonly heading: string;
  readonly day: string;
  /** One after the other, each under its own heading where there are several. */
  readonly tables: readonly { readonly heading: string | null; readonly table: ReportTable }[];
};

/** A page to print: every value of it is escaped. */
export function printedPage({ title, heading, day, tables }: Page): string {
  return html`<!doctype html>
    <html lang="es">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${heading}: ${title}</title>
        <style>
          !${look}
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        <p>${heading}, ${day}</p>
        !${tables.map(({ heading: own, table }) => printedTable(own, table)).join("\n")}
      </body>
    </html> `;
}

function printedTable(heading: string | null, { headers, rows }: ReportTable): string {
  const cells = headers.map((header) => html`<th scope="col">${header}</th>`).join("");
  const lines = rows
    .map(
      (row) =>
        html`<tr>
          !${row.map((cell, index) => printedCell(cell, headers[index] ?? "")).join("")}
        </tr>`,
    )
    .join("\n");
  return html`!${heading === null ? "" : html`<h2>${heading}</h2>`}
    <table>
      <thead>
        <tr>
          !${cells}
        </tr>
      </thead>
      <tbody>
        !${lines}
      </tbody>
    </table>`;
}

function printedCell(cell: string | number | null, header: string): string {
  if (typeof cell !== "number") return html`<td>${cell ?? ""}</td>`;
  return html`<td class="number">${header.endsWith("S/") ? cell.toFixed(2) : String(cell)}</td>`;
}
