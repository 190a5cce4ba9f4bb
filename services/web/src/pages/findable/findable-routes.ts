import { listProviders, offersByDistrict } from "@minka/contracts/catalog";
import type { App } from "@minka/http/app";
import type { Caller } from "@minka/http/caller";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import type { FastifyRequest } from "fastify";
import type { WebConfig } from "../../config.ts";
import { html, Html } from "../../design/html.ts";

/** Parts that are somebody's own, or no page at all. */
const ownParts = [
  "/mi$",
  "/mi/",
  "/mi-",
  "/mis-datos",
  "/operador",
  "/entrar",
  "/salir",
  "/pedir",
  "/simulator",
  "/api/",
];
const publicPaths = [
  "/",
  "/ofertas",
  "/capacitaciones",
  "/precios",
  "/precios?cultivo=coffee",
  "/compras-juntas",
  "/organizaciones",
  "/por-sms",
];
/** A search engine takes as many as it likes; more would be asked of the catalog than a page is worth. */
const mostProviders = 1_000;
const keptSeconds = 3_600;

/** What search engines ask for: where they may look, and what there is. */
export function serveFindable(app: App, { call }: { call: Caller }, { publicUrl }: WebConfig): void {
  const base = (request: FastifyRequest) => publicUrl ?? `${request.protocol}://${request.host}`;
  const kept = `public, max-age=${keptSeconds}`;

  app.get("/robots.txt", async (request, reply) =>
    reply
      .type("text/plain; charset=utf-8")
      .header("cache-control", kept)
      .send(
        [
          "User-agent: *",
          ...ownParts.map((part) => `Disallow: ${part}`),
          // One address for each list: not every filter of it.
          "Disallow: /*desde=",
          "Disallow: /*hecho=",
          `Sitemap: ${base(request)}/sitemap.xml`,
          "",
        ].join("\n"),
      ),
  );

  app.get("/sitemap.xml", async (request, reply) => {
    const [overview, providers] = await Promise.all([
      call(offersByDistrict, {}, { trace: request.id }),
      readProviders(call, request.id),
    ]);
    const served = new Set(
      overview.districts.filter(({ offers }) => offers > 0).map(({ districtCode }) => districtCode),
    );
    const districts = [...served].flatMap((code) => findDistrict(code) ?? []);
    const addresses = [
      ...publicPaths.map((path) => ({ path, changed: null })),
      ...districts
        .toSorted((one, other) => districtLabel(one).localeCompare(districtLabel(other), "es"))
        .flatMap(({ code }) => [
          { path: `/?distrito=${code}`, changed: null },
          { path: `/ofertas?distrito=${code}`, changed: null },
        ]),
      ...providers.map(({ id, confirmedOn }) => ({ path: `/atiende/${id}`, changed: confirmedOn })),
    ];
    return reply
      .type("application/xml; charset=utf-8")
      .header("cache-control", kept)
      .send(sitemap(base(request), addresses).markup);
  });
}

async function readProviders(call: Caller, trace: string) {
  const found: { id: string; confirmedOn: string }[] = [];
  let cursor: string | undefined;
  do {
    const page = await call(listProviders, { query: { sort: "name", limit: 100, cursor } }, { trace });
    found.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && found.length < mostProviders);
  return found;
}

function sitemap(base: string, addresses: readonly { path: string; changed: string | null }[]): Html {
  return html`${new Html('<?xml version="1.0" encoding="UTF-8"?>')}
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      ${addresses.map(({ path, changed }) => html`<url><loc>${base}${path}</loc>${changed ? html`<lastmod>${changed}</lastmod>` : null}</url>`)}
    </urlset>`;
}
