import { approveBulletin, cancelBulletin, readBulletin } from "@minka/contracts/bulletins";
import { z } from "zod";
import { actionButton } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { facts, notice, progress, stateMark, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { bulletinMark, mostAlone, smsWords, type Bulletin } from "../organization-desk/bulletin-words.ts";
import { audienceWords, bulletinsPath } from "./bulletins-page.ts";
import { momentWords, numberWords } from "./list-query.ts";

type BulletinVisit = SignedVisit<{ bulletinId: string }>;

/** A message to many: whom it reaches, what that takes, and what became of it. */
export const bulletinDeskPage = operatorPage(`${bulletinsPath}/:bulletinId`)({
  read: async (visit: BulletinVisit) => (await visit.call(readBulletin, { params: visit.params })).bulletin,
  show: (visit: BulletinVisit, bulletin, attempt) => ({
    title: `Aviso: ${bulletin.title}`,
    desk: true,
    main: html`<h1>${heading(bulletin)}</h1>
      <p>${stateMark(...bulletinMark(bulletin))}</p>
      <h2>Así llega</h2>
      <blockquote class="notice">${bulletin.message}</blockquote>
      ${facts([
        ["Para", audienceWords(bulletin)],
        ["Personas", numberWords(bulletin.counts.people)],
        ["En total", smsWords(bulletin.counts.people, bulletin.segments)],
        ["Sale", bulletin.sendAt ? momentWords(bulletin.sendAt, visit.today) : "Cuando se envíe"],
        bulletin.approvedByAnother === null
          ? null
          : [
              "Lo envió",
              bulletin.approvedByAnother ? "Otra persona que quien lo escribió" : "Quien lo escribió",
            ],
      ])}
      ${next(visit, bulletin, attempt)}${results(bulletin)}
      <p><a class="more" href="${bulletinsPath}">Todos los avisos</a></p>`,
  }),
  actions: {
    enviar: action(
      z.object({ personas: kinds.wholeNumber().required }),
      async (visit: BulletinVisit, { personas }) => {
        await visit.call(approveBulletin, { params: visit.params, body: { people: personas } });
        return goTo(visit.path, "enviado");
      },
    ),
    detener: action(z.object({}), async (visit: BulletinVisit) => {
      await visit.call(cancelBulletin, { params: visit.params });
      return goTo(visit.path, "detenido");
    }),
  },
  notices: {
    escrito: "Está escrito. Mire cómo llega y a cuántos; todavía no sale.",
    enviado: "Aprobado: sale en su día, poco a poco.",
    detenido: "Detenido. Lo que ya salió no se puede recoger.",
  },
});

function heading({ state, counts, title }: Bulletin): string {
  const people = counts.people === 1 ? "1 persona" : `${numberWords(counts.people)} personas`;
  if (state === "draft") return `Este aviso llegaría a ${people}`;
  if (state === "cancelled") return `Este aviso se detuvo: ${title}`;
  return state === "approved" ? `Este aviso está por salir: ${title}` : `Aviso enviado a ${people}`;
}

function next(visit: BulletinVisit, { state, counts, segments }: Bulletin, attempt: Attempt | null): Content {
  const stop = (words: string) => actionButton(visit, formState(attempt, "detener"), words, { danger: true });
  if (state === "cancelled") return null;
  if (state === "expanded") return counts.queued > 0 ? stop("Detener lo que falta") : null;
  if (state === "approved")
    return html`${waits("Ya está decidido. Se puede detener mientras no sale.")}${stop("Detener este aviso")}`;
  if (counts.people === 0)
    return html`${notice("Nadie lo recibiría: nadie de ahí aceptó avisos.")}${stop("No enviarlo")}`;
  return html`${notice(
    counts.people > mostAlone
      ? `Para más de ${mostAlone} personas lo envía otra persona que quien lo escribió.`
      : "Mejor si otra persona lo mira y lo envía.",
  )}
  ${actionButton(visit, formState(attempt, "enviar"), `Enviar este aviso · ${smsWords(counts.people, segments)}`, { values: { personas: counts.people } })}
  ${stop("No enviarlo")}`;
}

function results({ state, counts }: Bulletin): Content {
  if (state !== "expanded") return null;
  const { people, delivered, sent, queued, withheld, failed } = counts;
  return html`<h2>Qué pasó</h2>
    ${progress({ part: delivered, whole: people, words: `Llegó a ${numberWords(delivered)} de ${numberWords(people)}` })}
    ${facts([
      ["Salió, falta saber si llegó", numberWords(sent)],
      ["Por salir", numberWords(queued)],
      ["No se mandó: no quieren, o ya tuvieron uno ese día", numberWords(withheld)],
      ["No llegó", numberWords(failed)],
    ])}`;
}
