import { approveBulletin, cancelBulletin, readBulletin } from "@minka/contracts/bulletins";
import { DomainError } from "@minka/domain/errors";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { z } from "zod";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, facts, notice, progress, stateMark, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { joinWords } from "../../words/field-words.ts";
import { bulletinMark, momentWords, mostAlone, smsWords, type Bulletin } from "./bulletin-words.ts";
import { peopleWords } from "./desk-words.ts";
import { deskPath } from "./own-organization.ts";

type BulletinVisit = SignedVisit<{ organizationId: string; bulletinId: string }>;

/** Under another organization's address it is not there. */
async function readOwn(visit: BulletinVisit): Promise<Bulletin> {
  const { organizationId, bulletinId } = visit.params;
  const { bulletin } = await visit.call(readBulletin, { params: { bulletinId } });
  if (bulletin.audience.organizationId === organizationId) return bulletin;
  throw new DomainError("not-found", "bulletin-unknown", "This bulletin is another organization's.");
}

/** A bulletin with whom it reaches and what that takes; and, once sent, what became of it. */
export const bulletinPage = signedPage("/mi-organizacion/:organizationId/avisos/:bulletinId")({
  read: readOwn,
  show: (visit: BulletinVisit, bulletin, attempt) => ({
    title: `Aviso: ${bulletin.title}`,
    desk: true,
    main: html`<h1>${heading(bulletin)}</h1>
      <p>${stateMark(...bulletinMark(bulletin))}</p>
      <h2>Así llega</h2>
      <blockquote class="waits">
        ${bulletin.message.split("\n").map((line, index) => html`${index > 0 ? html`<br />` : null}${line}`)}
      </blockquote>
      ${facts([
        ["Para", audienceWords(bulletin)],
        ["Personas", String(bulletin.counts.people)],
        ["Cada aviso ocupa", bulletin.segments === 1 ? "1 SMS" : `${bulletin.segments} SMS`],
        ["En total", smsWords(bulletin.counts.people, bulletin.segments)],
        ["Sale", bulletin.sendAt ? momentWords(bulletin.sendAt, visit.today) : "Cuando se envíe"],
        bulletin.approvedByAnother !== null && [
          "Lo envió",
          bulletin.approvedByAnother
            ? "Otra persona que quien lo escribió"
            : "La misma persona que lo escribió",
        ],
      ])}
      ${next(visit, bulletin, attempt)} ${results(bulletin)}
      <p><a class="more" href="${deskPath(visit, "/avisos")}">Ver todos los avisos</a></p>`,
  }),
  actions: {
    enviar: action(
      z.object({ personas: kinds.wholeNumber().required }),
      async (visit: BulletinVisit, { personas }) => {
        const { id } = await readOwn(visit);
        const { bulletin } = await visit.call(approveBulletin, {
          params: { bulletinId: id },
          body: { people: personas },
        });
        const later = bulletin.sendAt !== null && Date.parse(bulletin.sendAt) > visit.now.getTime();
        return goTo(visit.path, later ? "saldra" : "enviado");
      },
    ),
    detener: action(z.object({}), async (visit: BulletinVisit) => {
      const { id } = await readOwn(visit);
      await visit.call(cancelBulletin, { params: { bulletinId: id } });
      return goTo(visit.path, "detenido");
    }),
  },
  notices: {
    escrito: "Está escrito. Mire cómo llega y a cuántos; todavía no sale.",
    enviado: "Sale desde ahora, poco a poco.",
    saldra: "Quedó listo: sale el día que usted puso.",
    detenido: "Detenido. Lo que ya salió no se puede recoger.",
  },
});

function heading({ state, counts, title }: Bulletin): string {
  if (state === "draft") return `Este aviso llegaría a ${peopleWords(counts.people)}`;
  if (state === "cancelled") return `Este aviso se detuvo: ${title}`;
  return state === "approved" ? `Este aviso está por salir: ${title}` : `Aviso enviado: ${title}`;
}

function audienceWords({ audience: { districts, crops } }: Bulletin): string {
  const places = districts.flatMap((code) => {
    const place = findDistrict(code);
    return place ? [districtLabel(place)] : [];
  });
  return [
    "Socias y socios que aceptan avisos",
    places.length > 0 ? `de ${joinWords(places)}` : "",
    crops.length > 0 ? `que cultivan ${joinWords(crops.map((crop) => word("crop", crop)))}` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function next(visit: BulletinVisit, bulletin: Bulletin, attempt: Attempt | null): Content {
  const { state, counts, segments } = bulletin;
  const stop = (words: string) => actionButton(visit, formState(attempt, "detener"), words, { danger: true });
  if (state === "cancelled" || state === "expanded")
    return state === "expanded" && counts.queued > 0 ? stop("Detener lo que falta") : null;
  if (state === "approved")
    return html`${waits("Ya está decidido. Puede detenerlo mientras no sale.")} ${stop("Detener este aviso")}`;
  if (counts.people === 0)
    return html`${notice(
      "Nadie lo recibiría: nadie de estas personas aceptó avisos. Lo aceptan escribiendo QUIERO BOLETINES por SMS, o en Mis datos.",
    )}
    ${actionLink(deskPath(visit, "/avisos/nuevo"), "Escribir otro", { quiet: true })} ${stop("No enviarlo")}`;
  return html`${
    counts.people > mostAlone
      ? notice(
          `Para más de ${mostAlone} personas lo envía otra persona que dirige, no quien lo escribió. Pídale que abra esta página.`,
        )
      : html`<p class="quiet">Mejor si otra persona que dirige lo mira y lo envía.</p>`
  }
  ${actionButton(visit, formState(attempt, "enviar"), `Enviar este aviso · ${smsWords(counts.people, segments)}`, { values: { personas: counts.people } })}
  ${stop("No enviarlo")}`;
}

function results({ state, counts }: Bulletin): Html | null {
  if (state !== "expanded") return null;
  const { people, delivered, sent, queued, withheld, failed } = counts;
  return html`<h2>Qué pasó</h2>
    ${progress({ part: delivered, whole: people, words: `Llegó a ${delivered} de ${peopleWords(people)}` })}
    ${facts([
      ["Llegó", String(delivered)],
      ["Salió, falta saber si llegó", String(sent)],
      ["Por salir", String(queued)],
      ["No se mandó: no quieren mensajes, o ya tuvieron uno ese día", String(withheld)],
      ["No llegó", String(failed)],
    ])}`;
}
