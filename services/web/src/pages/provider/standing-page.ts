import { longestRestDays, restProvider } from "@minka/contracts/rests";
import type { Answer } from "@minka/contracts/endpoint";
import { readStanding } from "@minka/contracts/standings";
import { addDays } from "@minka/domain/lima-time";
import { sayDueDay } from "@minka/language/say-due-day";
import { sayStandingReason } from "@minka/language/say-standing";
import { z } from "zod";
import { actionButton, dayField, form, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, row, rows, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { counted } from "../../words/field-words.ts";
import { providerPath, readOwnProvider, stateNotice, type ProviderVisit } from "./own-provider.ts";

type Standing = Answer<typeof readStanding>;

async function readTrust(visit: ProviderVisit) {
  const provider = await readOwnProvider(visit);
  const params = { providerId: provider.id };
  const standing = provider.as === "manager" ? await visit.call(readStanding, { params }) : null;
  return { provider, standing };
}
type Trust = Awaited<ReturnType<typeof readTrust>>;

const restOf = async (visit: ProviderVisit, until: string | null) => {
  await visit.call(restProvider, { params: { personId: visit.person.personId }, body: { until } });
  return goTo(visit.path, until === null ? "vuelve" : "descansa");
};
const twoWeeks = 14;

/** How a provider stands, what lowers it and what helps. */
export const standingPage = signedPage("/mi-servicio/:providerId/confianza")({
  read: readTrust,
  show: (visit: ProviderVisit, { provider, standing }: Trust, attempt) => ({
    title: `Confianza de ${provider.name}`,
    desk: true,
    main: standing
      ? html`<h1>${heading(standing)}</h1>
          ${stateNotice(provider)}
          <p class="lead">
            Quienes piden ven primero a quien está cerca, contesta pronto y cumple. Nadie paga por salir
            antes.
          </p>
          ${reasons(visit, standing)} ${figures(standing)} ${rest(visit, standing, attempt)}`
      : html`<h1>La confianza la ve la persona encargada</h1>
          ${empty(`Usted ayuda con las ofertas de ${provider.name}.`, { href: providerPath(provider.id, "/ofertas"), words: "Ver las ofertas" })}`,
  }),
  actions: {
    descansar: action(
      z.object({ hasta: kinds.day().optional }),
      (visit: ProviderVisit, { hasta }) => restOf(visit, hasta ?? addDays(visit.today, twoWeeks)),
      (path) => (path === "body.until" ? "hasta" : undefined),
    ),
    volver: action(z.object({}), (visit: ProviderVisit) => restOf(visit, null)),
  },
  notices: {
    descansa: "Descanse tranquilo: nadie ve sus ofertas hasta ese día. Lo que ya aceptó sigue.",
    vuelve: "Ya está de vuelta: sus ofertas se ven otra vez.",
  },
});

function heading({ reasons: all, rating }: Standing): string {
  const mean = rating.mean === null ? "" : ` Su nota: ${rating.mean} de 5.`;
  if (all.length === 0) return `Todo va bien: nada le baja en las listas.${mean}`;
  return all.length === 1 ? `1 cosa puede mejorar.${mean}` : `${all.length} cosas pueden mejorar.${mean}`;
}

const whereTo: { readonly [code: string]: readonly [path: string, words: string] } = {
  "not-verified": ["/datos", "Ver mis datos"],
  "offers-hidden": ["/ofertas", "Confirmar mis ofertas"],
  "offers-sunk": ["/ofertas", "Confirmar mis ofertas"],
  "offers-aging": ["/ofertas", "Confirmar mis ofertas"],
  "many-open-asks": ["", "Ver los pedidos"],
  "silent-in-row": ["", "Ver los pedidos"],
  "answers-seldom": ["", "Ver los pedidos"],
  "answers-late": ["", "Ver los pedidos"],
  "did-not-come": ["/calendario", "Ver mis días"],
  "calls-off": ["/calendario", "Ver mis días"],
  resting: ["/confianza#descansar", "Terminar el descanso"],
  "certificate-expired": ["/certificados", "Ver mis certificados"],
  "certificate-expires": ["/certificados", "Ver mis certificados"],
  "no-certificate": ["/certificados", "Agregar un certificado"],
};

function reasons({ today }: ProviderVisit, { reasons: all, providerId }: Standing): Content {
  const said = all.flatMap((reason) => {
    const words = sayStandingReason(reason, today);
    return words ? [{ ...words, to: whereTo[reason.code] }] : [];
  });
  if (said.length === 0) return null;
  return rows(
    said.map(({ why, advice, to }) =>
      row({
        title: why,
        lines: [advice],
        more: to ? html`<p><a class="more" href="${providerPath(providerId, to[0])}">${to[1]}</a></p>` : null,
      }),
    ),
  );
}

const percent = (share: number | null) => (share === null ? "—" : `${Math.round(share * 100)} %`);

function figures(standing: Standing): Html {
  const {
    rating,
    asked,
    answered,
    answerShare,
    answerHours,
    completed,
    completionShare,
    noShows,
    calledOff,
    helped,
    helpAsked,
  } = standing;
  const shown: readonly (readonly [string, string])[] = [
    [
      rating.mean === null ? "—" : `${rating.mean}`,
      rating.count === 0 ? "sin notas publicadas" : `de 5, en ${counted(rating.count, "nota", "notas")}`,
    ],
    [
      percent(answerShare),
      asked === 0
        ? "todavía nadie le preguntó"
        : `contestó ${answered} de ${counted(asked, "pedido", "pedidos")}`,
    ],
    [answerHours === null ? "—" : `${answerHours} h`, "tarda en contestar"],
    [
      percent(completionShare),
      `cumplió: ${counted(completed, "hecho", "hechos")}, ${counted(noShows, "falta", "faltas")}, ${counted(calledOff, "cancelado", "cancelados")} tarde`,
    ],
    [
      helpAsked === 0 ? "—" : percent(helped / helpAsked),
      helpAsked === 0 ? "todavía nadie dijo si sirvió" : `dicen un mes después que sirvió (${helpAsked})`,
    ],
  ];
  return html`<h2>Sus cifras</h2>
    <p class="figures">${shown.map(([figure, words]) => html`<span><b>${figure}</b>${words}</span>`)}</p>`;
}

function rest(visit: ProviderVisit, { restsUntil }: Standing, attempt: Attempt | null): Html {
  if (restsUntil !== null && restsUntil >= visit.today)
    return html`<h2 id="descansar">Está descansando</h2>
      ${waits(`Nadie ve sus ofertas hasta ${sayDueDay(restsUntil, visit.today)}. Ese día vuelven solas.`)}
      ${actionButton(visit, formState(attempt, "volver"), "Ya atiendo: volver ahora")}`;
  const state = formState(attempt, "descansar", { hasta: addDays(visit.today, twoWeeks) });
  return html`<h2 id="descansar">¿Necesita descansar?</h2>
    <p>
      Sus ofertas no se ven esos días y vuelven solas. Lo que ya aceptó sigue. Vale para todo lo que usted
      atiende.
    </p>
    ${form(
      visit,
      state,
      html`${dayField(state, { name: "hasta", label: "Descansar hasta", hint: `Hasta ${longestRestDays} días.` })}${submit("Descansar", { quiet: true })}`,
    )}`;
}
