import { readProvider } from "@minka/contracts/providers";
import { listProviderOffers } from "@minka/contracts/offers";
import type { Answer } from "@minka/contracts/endpoint";
import { readablePhone } from "@minka/domain/phone";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, empty, facts, pager } from "../../design/parts.ts";
import { askedCursor } from "../../visits/asked.ts";
import { publicPage } from "../../visits/page.ts";
import { areaWords, capitalized, dayWords, joinWords, languageWords } from "../../words/field-words.ts";
import { askWords } from "./offer-page.ts";
import { offerRow } from "./offer-row.ts";
import { reachMap } from "./reach-map.ts";
import { readStandings, standingFacts } from "./standing-words.ts";

type Provider = Answer<typeof readProvider>["provider"];
type Offers = Answer<typeof listProviderOffers>;

const work = {
  agent: "visitas técnicas",
  supplier: "insumos y herramientas",
  lender: "crédito",
  buyer: "compra de cosechas",
  trainer: "capacitaciones",
} as const;

/** Who offers: what, for how much, how far they go, what others say, and when all that was last confirmed. */
export const providerPage = publicPage("/atiende/:providerId")({
  async read(visit) {
    const { providerId } = visit.params;
    const cursor = askedCursor(visit);
    const params = { providerId };
    const [{ provider }, offers, standings] = await Promise.all([
      visit.call(readProvider, { params }),
      visit
        .callIfAny(listProviderOffers, { params, query: { cursor } })
        .then((page) => page ?? visit.callIfAny(listProviderOffers, { params, query: {} })),
      readStandings(visit, [providerId]),
    ]);
    return { provider, offers, standing: standings.get(providerId) };
  },
  show(visit, { provider, offers, standing }) {
    const home = findDistrict(provider.districtCode);
    const does = joinWords(provider.kinds.map((kind) => work[kind]));
    const reach = joinWords(provider.coverage.map(areaWords));
    return {
      title: `${provider.name}: ${does}${home ? ` en ${home.name}` : ""}`,
      description: `${provider.name}, ${does}. Llega a ${reach}. Precios confirmados el ${dayWords(provider.confirmedOn, visit.today)}.`,
      canonical: `/atiende/${provider.id}`,
      facts: providerFacts(provider),
      main: html`<h1>${provider.name}${home ? ` atiende desde ${home.name}` : ""}</h1>
        <p class="lead">${capitalized(does)}.${provider.description ? ` ${provider.description}` : ""}</p>
        ${askAction(offers)} ${contact(provider)}
        <h2 id="ofrece">Lo que ofrece</h2>
        ${offered(provider, offers, visit.today)}
        ${offers ? pager(`/atiende/${provider.id}`, visit.query, offers.next) : null}
        <h2>Qué se sabe de ${provider.name}</h2>
        ${facts([
          ...standingFacts(standing),
          provider.verifiedOn !== null && [
            "Revisado por Minka",
            `El ${dayWords(provider.verifiedOn, visit.today)}`,
          ],
          ["Dijo que sigue atendiendo", `El ${dayWords(provider.confirmedOn, visit.today)}`],
          provider.ruc !== null && ["RUC", provider.ruc],
          provider.lenderRegister !== null && ["Registro", registerWords(provider.lenderRegister)],
          ...knowledge(provider),
        ])}
        ${standing?.rating ? null : html`<p class="quiet">Todavía no hay notas: se ven desde tres personas.</p>`}
        ${certificatesOf(provider, visit.today)}
        <h2>Hasta dónde llega</h2>
        <p>${reachWords(provider)}</p>
        ${reachMap({ name: provider.name, coverage: provider.coverage, home, reachKm: provider.agent?.reachKm })}`,
    };
  },
});

function reachWords({ coverage, agent }: Provider): string {
  const areas = joinWords(coverage.map(areaWords));
  return agent ? `Hasta ${agent.reachKm} km de donde sale, en ${areas}.` : `${capitalized(areas)}.`;
}

/** What most come for: the visit, or the one thing that there is; of many things one picks first. */
function askAction(offers: Offers | null): Content {
  const items = offers?.items ?? [];
  const [first, another] = items;
  const main = items.find(({ terms }) => terms.kind === "assistance") ?? (another ? undefined : first);
  if (main) return actionLink(`/pedir?oferta=${main.id}`, askWords(main));
  return first ? actionLink("#ofrece", "Elegir qué le pido") : null;
}

function contact({ phone, website }: Provider): Content {
  if (!phone && !website) return null;
  return html`<p>
    ${phone ? html`<a class="more" href="tel:${phone}">Llamar al ${readablePhone(phone)}</a>` : null}
    ${website ? html`<a class="more" href="${website}" rel="noreferrer nofollow">Ver su página</a>` : null}
  </p>`;
}

function offered(provider: Provider, offers: Offers | null, today: string): Html {
  if (!offers) return empty("Ahora no podemos mostrar sus ofertas. Pruebe otra vez en un minuto.");
  if (offers.items.length === 0)
    return empty(`${provider.name} no atiende pedidos en estos días. Puede pedirle lo mismo a otros.`, {
      href: `/ofertas?distrito=${provider.districtCode}`,
      words: "Ver quién más ofrece",
    });
  return html`<ul class="rows">
    ${offers.items.map((offer) => offerRow(offer, today, { own: true }))}
  </ul>`;
}

function knowledge({ agent }: Provider): [Content, Content][] {
  if (!agent) return [];
  const special = agent.topics.filter(({ level }) => level === "specialist");
  const facts: [Content, Content][] = [
    ["Cultivos", capitalized(joinWords(agent.crops.map((crop) => word("crop", crop))))],
  ];
  if (special.length > 0)
    facts.push(["Especialista en", joinWords(special.map(({ topic }) => word("topic", topic)))]);
  const others = agent.languages.filter((language) => language !== "spa");
  if (others.length > 0)
    facts.push(["Habla también", joinWords(others.map((language) => languageWords[language]))]);
  return facts;
}

function registerWords({ register, number, name }: NonNullable<Provider["lenderRegister"]>): string {
  const whose = register === "other" ? (name ?? "otro registro") : "SBS";
  return `${whose}, ${number}`;
}

function certificatesOf({ certificates }: Provider, today: string): Content {
  const held = certificates.filter(({ expired }) => !expired);
  if (held.length === 0) return null;
  return html`<h2>Certificados</h2>
    <ul class="rows">
      ${held.map(
        ({ kind, title, issuer, issuedOn, expiresOn, checked }) =>
          html`<li>
            <h3>${capitalized(title ?? word("provider_certificate", kind))}</h3>
            <p class="quiet">
              ${issuer},
              ${dayWords(issuedOn, today)}${expiresOn ? `; vale hasta el ${dayWords(expiresOn, today)}` : ""}.
              ${checked ? "Minka lo vio." : "Minka todavía no lo vio."}
            </p>
          </li>`,
      )}
    </ul>`;
}

function providerFacts(provider: Provider): object {
  const home = findDistrict(provider.districtCode);
  return {
    "@type": provider.form === "person" ? "Person" : "LocalBusiness",
    name: provider.name,
    url: `/atiende/${provider.id}`,
    ...(provider.description ? { description: provider.description } : {}),
    ...(home
      ? { address: { "@type": "PostalAddress", addressCountry: "PE", addressLocality: districtLabel(home) } }
      : {}),
    ...(provider.phone ? { telephone: provider.phone } : {}),
    ...(provider.form === "person" ? {} : { areaServed: provider.coverage.slice(0, 10).map(areaWords) }),
  };
}
