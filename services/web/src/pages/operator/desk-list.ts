import { html, type Content } from "../../design/html.ts";
import { empty, pager } from "../../design/parts.ts";
import { csv, filters, table, type Column, type Filter } from "../../design/table.ts";
import { askedCursor } from "../../visits/asked.ts";
import { Download, signedFile, type FileRoute } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";

/** What a file of a list holds at most: a longer one is fetched in parts, by its filters, and says that it is cut. */
const mostInFile = 5_000;
const inPage = 20;
const inFilePage = 100;

type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

/** A column as it is shown, and as it stands in the file. */
type DeskColumn<Item> = Omit<Column<Item>, "title"> & {
  readonly title: string;
  /** The cell as the file has it; left out, the column is only for the page. */
  readonly value?: (item: Item) => string | number | null;
};

/** A list for who works with many: it is filtered, ordered by its headings, paged, and leaves as a file. */
export type DeskList<Item> = {
  readonly path: string;
  readonly fileName: string;
  readonly caption: string;
  readonly filters: readonly Filter[];
  /** A page by the filters in the address. */
  readonly read: (visit: SignedVisit, page: { cursor?: string; limit: number }) => Promise<Page<Item>>;
  /** With the names of what these items are about. */
  readonly columns: (visit: SignedVisit, items: readonly Item[]) => Promise<readonly DeskColumn<Item>[]>;
};

export type ListPage<Item> = Page<Item> & { readonly columns: readonly DeskColumn<Item>[] };

export async function readList<Item>(list: DeskList<Item>, visit: SignedVisit): Promise<ListPage<Item>> {
  const cursor = askedCursor(visit);
  const page = await list.read(visit, { limit: inPage, ...(cursor ? { cursor } : {}) });
  return { ...page, columns: await list.columns(visit, page.items) };
}

export function listView<Item>(
  list: DeskList<Item>,
  visit: SignedVisit,
  { items, next, columns }: ListPage<Item>,
  none: string,
): Content {
  const { path, caption } = list;
  const { hecho: _done, ...query } = visit.query;
  // Views narrow a list as well as its filters do.
  const narrowed = Object.entries(query).some(([name, value]) => value && !["orden", "desde"].includes(name));
  if (items.length === 0 && !narrowed) return empty(none);
  return html`${filters(path, query, list.filters, `${path}.csv`)}
  ${
    items.length > 0
      ? html`${table({ caption, path, query }, columns, items)}${pager(path, query, next)}`
      : empty("Con estos filtros no hay nada.", { href: path, words: "Quitar los filtros" })
  }`;
}

/** The list as a file, by the same filters. */
export function listFile<Item>(list: DeskList<Item>): FileRoute {
  return signedFile(`${list.path}.csv`, (visit) => makeFile(list, visit as SignedVisit), "operator");
}

async function makeFile<Item>(list: DeskList<Item>, visit: SignedVisit): Promise<Download> {
  const { items, cut } = await readAll((cursor) =>
    list.read(visit, { limit: inFilePage, ...(cursor ? { cursor } : {}) }),
  );
  const columns = (await list.columns(visit, items)).flatMap(({ title, value }) =>
    value ? [{ title, value }] : [],
  );
  const lines = items.map((item) => columns.map(({ value }) => value(item)));
  return csvFile(
    `${list.fileName}-${visit.today}${cut ? `-primeras-${mostInFile}-filas` : ""}`,
    columns.map(({ title }) => title),
    cut ? [...lines, [cutWords]] : lines,
  );
}

/** In the file itself, since whoever opens it next has not seen the page. */
const cutWords = `FALTAN FILAS: este archivo tiene solo las primeras ${mostInFile}. Baje el resto por partes, con menos días u otros filtros.`;

/** All pages of a list, up to what a file holds. */
async function readAll<Item>(
  read: (cursor: string | null) => Promise<Page<Item>>,
): Promise<{ items: readonly Item[]; cut: boolean }> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read(cursor);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && items.length < mostInFile);
  return { items: items.slice(0, mostInFile), cut: cursor !== null || items.length > mostInFile };
}

export const csvFile = (
  name: string,
  header: readonly string[],
  lines: readonly (readonly (string | number | null)[])[],
): Download =>
  new Download({
    fileName: `minka-${name}.csv`,
    contentType: "text/csv; charset=utf-8",
    bytes: csv(header, lines),
  });
