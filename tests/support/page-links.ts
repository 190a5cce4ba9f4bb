import type { OpenedPage, Visitor } from "./browse.ts";

/** Where the first link that begins like this leads. Throws, with what the page says, where there is none. */
export function link(page: OpenedPage, start: string): string {
  const found = page.root
    .querySelectorAll("a")
    .map((one) => one.getAttribute("href") ?? "")
    .find((href) => href.startsWith(start));
  if (!found) throw new Error(`${page.path} leads to no ${start}: ${page.text.slice(0, 500)}`);
  return found;
}

/** The desk of whoever works for one organization or provider, such as `/mi-organizacion/…`. */
export const desk = async (visitor: Visitor, space: string): Promise<string> =>
  link(await visitor.open("/salir"), `/${space}/`)
    .split("/")
    .slice(0, 3)
    .join("/");

/** The first row of a table that is somebody's. */
export const rowOf = (page: OpenedPage, name: string) =>
  page.root.querySelectorAll("tbody tr").find((row) => row.querySelector("th")?.text.includes(name));

/** Where the first row leads that has a link and is somebody's. */
export const rowLink = (page: OpenedPage, name: string): string =>
  page.root
    .querySelectorAll("tbody th a")
    .find((one) => one.text.includes(name))
    ?.getAttribute("href") ?? "";
