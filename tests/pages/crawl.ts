import type { OpenedPage, Visitor } from "../support/browse.ts";

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** An address with what varies taken out: pages that look alike are looked at a few times, not hundreds. */
export function patternOf(address: string): string {
  const [path = "", query = ""] = address.split("?");
  const names = [...new URLSearchParams(query).keys()].toSorted().join("&");
  const shape = path
    .replace(uuid, ":id")
    .replace(/\d{4}-\d{2}(-\d{2})?/g, ":day")
    .replace(/\/\d{6}\b/g, "/:district");
  return names === "" ? shape : `${shape}?${names}`;
}

/** What is no page of Minka's own, or is one of a kind that no browser draws. */
const elsewhere = /^(?:\/(?:assets|docs|api|openapi|simulator|sw\.js|minka\.webmanifest)|[a-z]+:|#|\/\/)/;
const fileNames = /\.(?:csv|xlsx|jsonl?|geojson|xml|txt)(?:\?|$)/;

function linksOf({ root, path }: OpenedPage): string[] {
  const base = new URL(path, "http://minka.test");
  return root
    .querySelectorAll("a[href]")
    .map((link) => link.getAttribute("href") ?? "")
    .filter((href) => href !== "" && !elsewhere.test(href) && !fileNames.test(href))
    .map((href) => new URL(href.replaceAll("&amp;", "&"), base))
    .map(({ pathname, search }) => `${pathname}${search}`);
}

/** A page, and where the first link to it stood. */
export type FoundPage = OpenedPage & { readonly on: string | undefined };

/** Every page that a visitor reaches by links from where they begin: of each pattern the first `each`. */
export async function crawl(
  visitor: Visitor,
  from: readonly string[],
  { each = 2, leaveOut = /^\/salir/ }: { each?: number; leaveOut?: RegExp } = {},
): Promise<FoundPage[]> {
  const [waiting, seen, counts, pages] = [
    [...from],
    new Set(from),
    new Map<string, number>(),
    [] as FoundPage[],
  ];
  const foundOn = new Map<string, string>();
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const page = await visitor.open(address);
    // A file that is downloaded has no links.
    if (!page.isPage) continue;
    pages.push({ ...page, on: foundOn.get(address) });
    for (const link of linksOf(page)) {
      const pattern = patternOf(link);
      const count = counts.get(pattern) ?? 0;
      if (seen.has(link) || count >= each || leaveOut.test(link)) continue;
      seen.add(link);
      foundOn.set(link, address);
      counts.set(pattern, count + 1);
      waiting.push(link);
    }
  }
  return pages;
}

/** Ids that a person reads: not in an address to be sent on, nor where a page that failed names itself for whoever helps. */
export const idsShown = ({ status, text }: OpenedPage): string[] =>
  status === 200 ? (text.replace(/https?:\/\/\S+/g, "").match(uuid) ?? []) : [];
