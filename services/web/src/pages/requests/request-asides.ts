import { blockPair } from "@minka/contracts/blocks";
import { disputeEngagement, disputeReasons, askRework } from "@minka/contracts/disputes";
import { cancelReasons, readHistory } from "@minka/contracts/follow-ups";
import { cancelRequest, type Request } from "@minka/contracts/matching";
import { limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import { actionButton, form, onceMore, optionsField, submit } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { steps } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { dayWords, timeWords } from "../../words/field-words.ts";
import { requestRefusals } from "../../words/refusals/requests.ts";
import { complaintOf, disputeOptions, isDisputed } from "./complaint-words.ts";
import { historyWords } from "./history-words.ts";
import { readOwnRequest } from "./read-request-page.ts";
import { requestsPath } from "./request-list.ts";
import { agreedMatch } from "./request-words.ts";
import { ownNeedTitle } from "../../words/need-words.ts";

const path = `${requestsPath}/:requestId` as const;
const addressOf = ({ id }: Pick<Request, "id">) => `${requestsPath}/${id}`;
const backLink = (request: Request) =>
  html`<p><a class="more" href="${addressOf(request)}">Volver a mi pedido</a></p>`;

const cancelWords: Readonly<Record<(typeof cancelReasons)[number], string>> = {
  not_needed: "Ya no lo necesito",
  found_another: "Ya encontré a otra persona",
  price: "Por el precio",
  date: "Por el día",
  road: "Por el camino",
  health: "Por salud",
  busy: "No tengo tiempo",
  other: "Otra cosa",
};

export const cancelPage = signedPage(`${path}/anular`)({
  read: async (visit) => {
    const request = await readOwnRequest(visit);
    return isDisputed(request) ? goTo(addressOf(request)) : request;
  },
  show: (visit, request, attempt) => {
    const state = formState(attempt, "anular");
    const provider = agreedMatch(request)?.providerName;
    return {
      title: "Anular el pedido",
      main: html`<h1>¿Anular este pedido?</h1>
        <p class="lead">${ownNeedTitle(request)}</p>
        ${provider ? html`<p>Le avisamos a ${provider} para que no vaya.</p>` : null}
        ${form(
          visit,
          state,
          html`${optionsField(state, {
            name: "motivo",
            label: "¿Por qué?",
            optional: true,
            options: cancelReasons.map((value) => ({ value, words: cancelWords[value] })),
          })}
          ${submit("Anular mi pedido", { danger: true })}`,
        )}
        ${backLink(request)}`,
    };
  },
  refusals: requestRefusals,
  actions: {
    anular: action(z.object({ motivo: kinds.choice(cancelReasons).optional }), async (visit, { motivo }) => {
      const body = motivo === undefined ? {} : { reason: motivo };
      await visit.call(cancelRequest, { params: visit.params, body });
      return goTo(`${requestsPath}/${visit.params.requestId}`, "anulado");
    }),
  },
});

/** Bad work is first asked to be done again; what the two do not settle goes before a person. */
export const problemPage = signedPage(`${path}/problema`)({
  read: async (visit) => {
    const request = await readOwnRequest(visit);
    return request.engagement ? request : goTo(addressOf(request));
  },
  show: (visit, request, attempt) => {
    const state = formState(attempt, "reclamar");
    const provider = agreedMatch(request)?.providerName ?? "esa persona";
    // Who bought a harvest has nothing to do over.
    const done = request.engagement?.state === "done" && request.need.kind !== "purchase";
    const goods = request.need.kind === "input" || request.need.kind === "equipment";
    return {
      title: "Hubo un problema",
      main: html`<h1>¿Qué pasó con ${provider}?</h1>
        ${
          done
            ? html`<p>
                  ${goods ? "Si algo llegó mal o falta" : "Si el trabajo quedó mal"}, lo primero es que vuelva
                  a arreglarlo.
                </p>
                ${actionButton(visit, formState(attempt, "volver"), `Pedir a ${provider} que vuelva`)}`
            : null
        }
        <h2>Que lo vea una persona de Minka</h2>
        ${form(
          visit,
          state,
          html`${optionsField(state, {
            name: "motivo",
            label: "¿Qué está mal?",
            options: disputeOptions(request),
          })}
          ${submit("Pedir que lo vean", { quiet: done })}`,
        )}
        <p class="quiet">
          Si le faltaron al respeto o tiene miedo, escriba un SMS a Minka o llame al 100 (Línea 100, gratis).
        </p>
        ${onceMore(visit, formState(attempt, "bloquear"), {
          first: `No quiero tratar más con ${provider}`,
          says: "No se lo volvemos a proponer. Nadie se entera.",
          words: `No tratar más con ${provider}`,
        })}
        ${backLink(request)}`,
    };
  },
  refusals: requestRefusals,
  actions: {
    bloquear: action(z.object({}), async (visit) => {
      const { id, personId, engagement } = await readOwnRequest(visit);
      if (!engagement) return goTo(addressOf({ id }));
      const body = { by: "person" as const, personId, providerId: engagement.providerId };
      await visit.call(blockPair, { body });
      return goTo(addressOf({ id }), "bloqueado");
    }),
    volver: action(z.object({}), async (visit) => {
      const { id, engagement } = await readOwnRequest(visit);
      if (!engagement) return goTo(addressOf({ id }));
      await visit.call(askRework, { params: { engagementId: engagement.id } });
      return goTo(addressOf({ id }), "vuelve");
    }),
    reclamar: action(
      z.object({ motivo: kinds.choice(disputeReasons, "Elija qué está mal.").required }),
      async (visit, { motivo }) => {
        const { id, engagement } = await readOwnRequest(visit);
        if (!engagement) return goTo(addressOf({ id }));
        await visit.call(disputeEngagement, {
          params: { engagementId: engagement.id },
          body: { reason: motivo },
        });
        return goTo(addressOf({ id }), "reclamo");
      },
    ),
  },
});

export const historyPage = signedPage(`${path}/historia`)({
  read: async (visit) => {
    const request = await readOwnRequest(visit);
    const { steps: told } = await visit.call(readHistory, { params: visit.params });
    return { request, told };
  },
  show: ({ today }, { request, told }) => {
    const nameOf = (matchId: string | null) =>
      request.matches.find(({ id }) => id === (matchId ?? request.engagement?.matchId))?.providerName;
    const said = complaintOf(request);
    const complaint = said?.by === "requester" ? said.words : null;
    const disputed = told.findLast(({ action }) => action === "engagement.dispute");
    const lines = told.flatMap((step) => {
      const words = historyWords(step, {
        provider: nameOf(step.matchId),
        // What was said before, and is settled, is not known any more.
        complaint: step === disputed ? complaint : null,
        today,
      });
      return words === null ? [] : [{ words, at: step.at }];
    });
    return {
      title: "Qué pasó con su pedido",
      main: html`<h1>Qué pasó hasta ahora</h1>
        <p class="lead">${ownNeedTitle(request)}</p>
        ${steps(
          lines.map(({ words, at }, index) => ({
            words,
            when: `${dayWords(limaDay(new Date(at)), today)}, ${timeWords(at)}`,
            state: index === lines.length - 1 ? "now" : "past",
          })),
        )}
        ${backLink(request)}`,
    };
  },
});
