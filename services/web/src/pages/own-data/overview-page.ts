import { consentPurposes } from "@minka/domain/vocabulary";
import { readablePhone } from "@minka/domain/phone";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { html, type Content, type Html } from "../../design/html.ts";
import { facts, row, rows } from "../../design/parts.ts";
import { signedPage } from "../../visits/page.ts";
import { clockWords, dayWords, joinWords, languageWords } from "../../words/field-words.ts";
import { limaDay } from "@minka/domain/lima-time";
import { behindWord } from "./behind-word.ts";
import { sexWords, walletWords } from "./own-data-words.ts";
import { readOwnProfile, type Profile } from "./own-profile.ts";

/** What Minka keeps of somebody, with the way to correct, take along and erase each part. */
export const overviewPage = signedPage("/mi/datos")({
  read: readOwnProfile,
  show: (visit, profile) => ({
    title: "Mis datos",
    main: html`<h1>Lo que Minka guarda de usted</h1>
      <p class="lead">Es suyo: lo puede ver, corregir, llevarse o borrar cuando quiera.</p>
      ${profile.withheld ? behindWord(visit.path) : known(profile)}
      <h2>Celular</h2>
      ${facts([
        ["Su número", joinWords(profile.phones.map(readablePhone)) || "Ninguno"],
        ["En Minka desde", dayWords(limaDay(new Date(profile.registeredAt)), visit.today)],
      ])}
      <h2>Usted decide</h2>
      ${rows([
        row({
          title: "Permisos que dio",
          href: "/mi/datos/permisos",
          lines: [`${profile.consents.length} de ${consentPurposes.length} dados`],
        }),
        row({
          title: "Palabra secreta",
          href: "/mi/datos/palabra",
          lines: ["Para que nadie más de la casa vea lo suyo"],
        }),
        row({
          title: "Quién puede pedir por usted",
          href: "/mi/datos/quien-ayuda",
          lines: ["Vea a quién dio permiso y quíteselo si quiere"],
        }),
        row({
          title: "Descargar todo",
          href: "/mi/datos/archivo",
          lines: ["Un archivo con todo lo que hay de usted"],
        }),
        row({
          title: "Salir en todos mis aparatos",
          href: "/salir",
          lines: ["Si perdió su celular o entró en uno prestado"],
        }),
        row({ title: "Borrar mis datos", href: "/mi/datos/borrar", lines: ["No se puede deshacer"] }),
      ])}`,
  }),
  notices: {
    guardado: "Listo, guardamos lo que corrigió.",
    palabra: "Listo, guardamos su palabra secreta. Úsela para entrar y al empezar sus SMS.",
  },
});

const known = (profile: Profile): Content =>
  html`${part("Quién es", "/mi/datos/persona", [
    ["Nombre", profile.name],
    ["DNI", profile.dni],
    ["Mujer u hombre", profile.sex && sexWords[profile.sex]],
    ["Año en que nació", profile.birthYear],
  ])}
  ${part("Dónde vive", "/mi/datos/lugar", [
    ["Distrito", placeWords(profile)],
    ["Caserío o comunidad", profile.locality],
  ])}
  ${part("Cómo prefiere que le atiendan", "/mi/datos/atencion", [
    ["Horas para llamarle", hoursWords(profile)],
    ["Le pueden pagar por", joinWords(profile.wallets.map((wallet) => walletWords[wallet]))],
    ["Quiere que le atienda una mujer", profile.prefersWoman ? "Sí" : "Da igual"],
    ["Lengua", profile.language && languageWords[profile.language]],
  ])}`;

function part(
  title: string,
  href: string,
  known: readonly (readonly [term: string, value: string | number | null])[],
): Html {
  const missing = html`<span class="quiet">No lo dijo</span>`;
  return html`<h2>${title}</h2>
    ${facts(known.map(([term, value]): [Content, Content] => [term, value === null || value === "" ? missing : value]))}
    <p><a class="more" href="${href}">Corregir: ${title.toLowerCase()}</a></p>`;
}

function placeWords({ districtCode }: Profile): string | null {
  const district = findDistrict(districtCode ?? "");
  return district ? districtLabel(district) : null;
}

function hoursWords({ contactHours }: Profile): string | null {
  return contactHours && `De ${clockWords(contactHours.from)} a ${clockWords(contactHours.to)}`;
}
