import { listCertificates, readProfile } from "@minka/contracts/people";
import { exportPlots, listPlots, listSeasons, type Plot, type Season } from "@minka/contracts/plots";
import type { Answer } from "@minka/contracts/endpoint";
import { word } from "@minka/language/texts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, facts, pager, row, rows } from "../../design/parts.ts";
import { Download, signedFile, signedPage } from "../../visits/page.ts";
import { capitalized, dayWords } from "../../words/field-words.ts";
import { placeName } from "../requests/request-words.ts";
import { areaSaid, farmPath, productionSaid, sizeWords } from "./farm-words.ts";

type Certificate = Answer<typeof listCertificates>["items"][number];

/** What somebody grows, where, how much it gave and what certifies it: each thing has a short form of its own. */
export const farmPage = signedPage(farmPath)({
  read: async ({ call, callIfAny, person, query }) => {
    const params = { personId: person.personId };
    const [{ profile }, plots, seasons, certificates] = await Promise.all([
      call(readProfile, { params }),
      call(listPlots, { params, query: { limit: 20, cursor: query["parcelas"] } }),
      call(listSeasons, { params, query: { limit: 10, cursor: query["cosechas"] } }),
      callIfAny(listCertificates, { params, query: { limit: 20 } }),
    ]);
    return { profile, plots, seasons, certificates: certificates?.items ?? [] };
  },
  show: ({ today, query }, { profile, plots, seasons, certificates }) => ({
    title: "Mi chacra",
    main: html`<h1>Su chacra</h1>
      <p class="lead">Con esto le buscamos a quien sabe de lo suyo. Solo lo ve quien usted acepta.</p>
      ${facts(profile.crops.map(({ crop, size }) => [capitalized(word("crop", crop)), size ? sizeWords[size] : "sin cosecha anotada"]))}
      ${part(
        "Parcelas",
        plots.items.map(plotRow),
        "Anote su parcela: con el punto o el lindero, su cosecha puede entrar a lotes que van a Europa.",
        { href: `${farmPath}/parcelas/nueva`, words: "Añadir una parcela" },
        pager(farmPath, query, plots.next, "parcelas"),
      )}
      ${
        plots.items.some(({ geometry }) => geometry !== null)
          ? html`<p>
              <a class="more" href="${farmPath}/parcelas.geojson">Descargar mis parcelas (GeoJSON)</a>
            </p>`
          : null
      }
      ${part(
        "Cosechas",
        seasons.items.map(seasonRow),
        "Anote cuánto cosechó: sirve para vender en grupo y para pedir crédito.",
        { href: `${farmPath}/cosechas/nueva`, words: "Añadir una cosecha" },
        pager(farmPath, query, seasons.next, "cosechas"),
      )}
      ${part(
        "Certificados",
        certificates.map((certificate) => certificateRow(certificate, today)),
        "Si su producción tiene certificado, anótelo: hay quien paga más.",
        { href: `${farmPath}/certificados/nuevo`, words: "Añadir un certificado" },
      )}`,
  }),
  notices: {
    parcela: "Listo, su parcela quedó anotada.",
    cosecha: "Listo, su cosecha quedó anotada.",
    certificado: "Listo, su certificado quedó anotado.",
    borrado: "Listo, ya no está.",
  },
});

function part(
  title: string,
  items: readonly Html[],
  why: string,
  add: { readonly href: string; readonly words: string },
  more: Content = null,
): Content {
  return html`<h2>${title}</h2>
    ${items.length > 0 ? rows(items) : html`<p class="quiet">${why}</p>`} ${more}
    ${actionLink(add.href, add.words, { quiet: true })}`;
}

const plotRow = ({ id, name, area, geometry, districtCode, neverCollateral }: Plot): Html =>
  row({
    title: name ?? "Parcela sin nombre",
    href: `${farmPath}/parcelas/${id}`,
    side: areaSaid(area),
    lines: [
      [
        districtCode ? placeName(districtCode) : null,
        geometry === null ? "sin punto" : geometry.type === "Point" ? "con punto" : "con lindero",
        neverCollateral ? "de la comunidad: no se puede dar en garantía" : null,
      ]
        .filter(Boolean)
        .join(", "),
    ],
  });

const seasonRow = (season: Season): Html =>
  row({
    title: `${capitalized(word("crop", season.crop))} ${season.year}`,
    href: `${farmPath}/cosechas/${season.id}`,
    lines: [
      [
        productionSaid(season),
        season.area ? `en ${areaSaid(season.area)}` : null,
        season.organic ? "orgánico" : null,
      ]
        .filter(Boolean)
        .join(", "),
    ],
  });

const certificateRow = (certificate: Certificate, today: string): Html =>
  row({
    title: capitalized(word("certificate", certificate.certificate)),
    href: `${farmPath}/certificados/${certificate.id}`,
    lines: [
      `${certificate.issuer}. ${certificate.expired ? "Venció" : "Vale hasta"} el ${dayWords(certificate.expiresOn, today)}.`,
    ],
  });

export const plotsFile = signedFile(`${farmPath}/parcelas.geojson`, async ({ call, person }) => {
  const file = await call(exportPlots, { params: { personId: person.personId } });
  return new Download(file);
});
