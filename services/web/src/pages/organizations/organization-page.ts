import { readOrganization, type Organization } from "@minka/contracts/organizations";
import { readablePhone } from "@minka/domain/phone";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { html, type Content } from "../../design/html.ts";
import { actionLink, facts, notice } from "../../design/parts.ts";
import { publicPage } from "../../visits/page.ts";
import { capitalized, dayWords, joinWords, soles } from "../../words/field-words.ts";
import { entryFeeWords, organizationKindWords } from "../../words/organization-words.ts";

/** What an organization does, what it asks of who joins, and how one joins. */
export const organizationPage = publicPage("/organizaciones/:organizationId")({
  async read(visit) {
    const { organizationId } = visit.params;
    return (await visit.call(readOrganization, { params: { organizationId } })).organization;
  },
  show(visit, organization) {
    const { id, name, kind, districtCode, crops, description, verified, confirmedOn, state } = organization;
    const place = findDistrict(districtCode);
    const what = `${organizationKindWords[kind]}${crops.length > 0 ? ` de ${joinWords(crops.map((crop) => word("crop", crop)))}` : ""}`;
    return {
      title: `${name}${place ? `, ${place.name}` : ""}`,
      description: `${name}, ${what}${place ? ` en ${districtLabel(place)}` : ""}. ${capitalized(entryFeeWords(organization.entryFeeCentimos))}.`,
      canonical: `/organizaciones/${id}`,
      facts: organizationFacts(organization),
      main: html`<h1>${name}</h1>
        <p class="lead">
          ${capitalized(what)}${place ? ` en ${districtLabel(place)}` : ""}.${description ? ` ${description}` : ""}
        </p>
        ${
          state === "active"
            ? html`${actionLink(`/mi/organizacion/entrar/${id}`, joinWordsFor(organization))}
                <p class="quiet">
                  Su directiva responde por SMS. También puede escribir ASOCIACION por SMS a Minka.
                </p>`
            : notice(
                state === "closed"
                  ? "Esta organización ya no funciona."
                  : "Este grupo se está formando: faltan vecinos que digan que sí.",
              )
        }
        ${list("Qué da a sus socios", organization.services)}
        ${list("Qué pide para entrar", organization.requirements)}
        <h2>Datos</h2>
        ${facts([
          ["Entrar", capitalized(entryFeeWords(organization.entryFeeCentimos).replace("entrar ", ""))],
          ...counts(organization),
          organization.phone !== null && [
            "Teléfono",
            html`<a href="tel:${organization.phone}">${readablePhone(organization.phone)}</a>`,
          ],
          organization.ruc !== null && ["RUC", organization.ruc],
          ...organization.certificates
            .filter(({ inForce }) => inForce)
            .map(
              ({ certificate, expiresOn }) =>
                [
                  "Certificado",
                  `${capitalized(word("certificate", certificate))}, hasta el ${dayWords(expiresOn, visit.today)}`,
                ] as const,
            ),
          ["Revisada por Minka", verified ? "Sí" : "Todavía no"],
          ["Datos confirmados", `El ${dayWords(confirmedOn, visit.today)}`],
        ])}
        ${
          organization.genderGuideline
            ? html`<h2>Mujeres y hombres</h2>
                <p>${organization.genderGuideline.text}</p>`
            : null
        }
        <p>
          <a class="more" href="/organizaciones?distrito=${districtCode}"
            >Ver otras organizaciones cercanas</a
          >
        </p>`,
    };
  },
});

/** What the button does and costs. */
function joinWordsFor({ entryFeeCentimos }: Organization): string {
  if (entryFeeCentimos === null) return "Pedir entrar";
  return `Pedir entrar · ${entryFeeCentimos === 0 ? "gratis" : soles(entryFeeCentimos)}`;
}

function list(title: string, items: readonly string[]): Content {
  if (items.length === 0) return null;
  return html`<h2>${title}</h2>
    <ul class="rows">
      ${items.map((item) => html`<li>${capitalized(item)}</li>`)}
    </ul>`;
}

/** Small counts are not told: the service leaves them out. */
function counts({ members, womenShare, board }: Organization): [string, string][] {
  const percent = (share: number) => `${Math.round(share * 100)} de cada 100`;
  const told: [string, string][] = [];
  if (members !== null) told.push(["Socias y socios", String(members)]);
  if (womenShare !== null) told.push(["Son mujeres", percent(womenShare)]);
  if (board.womenShare !== null) told.push(["En la directiva, mujeres", percent(board.womenShare)]);
  return told;
}

function organizationFacts({ id, name, legalName, description, districtCode, phone }: Organization): object {
  const place = findDistrict(districtCode);
  return {
    "@type": "Organization",
    name,
    url: `/organizaciones/${id}`,
    ...(legalName ? { legalName } : {}),
    ...(description ? { description } : {}),
    ...(phone ? { telephone: phone } : {}),
    ...(place
      ? { address: { "@type": "PostalAddress", addressCountry: "PE", addressLocality: districtLabel(place) } }
      : {}),
  };
}
