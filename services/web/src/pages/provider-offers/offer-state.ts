import type { OfferChange, OfferState } from "@minka/contracts/offers";
import type { Content } from "../../design/html.ts";
import { stateMark, type Tone } from "../../design/parts.ts";
import { dayWords } from "../../words/field-words.ts";

const stateWords: Record<OfferState, readonly [string, Tone]> = {
  draft: ["Borrador", "waiting"],
  published: ["Publicada", "good"],
  paused: ["En pausa", "waiting"],
  expired: ["Pasó su fecha", "bad"],
  withdrawn: ["Retirada", "over"],
};

export const offerMark = (state: OfferState): Content => stateMark(...stateWords[state]);
export const stateOptions = Object.entries(stateWords).map(([value, [words]]) => ({ value, words }));

export const changeWords: Record<OfferChange, string> = {
  publish: "Publicar",
  pause: "Poner en pausa",
  resume: "Volver a publicar",
  withdraw: "Retirar para siempre",
};

const dayMs = 24 * 60 * 60 * 1000;
export type Stage = "fresh" | "aging" | "sunk" | "hidden";

/** What its age does to an offer: "Confirmada hace 40 días. Ya sale al final." */
export function freshnessWords(confirmedOn: string, today: string, stage: Stage | undefined): string {
  const days = Math.round((Date.parse(today) - Date.parse(confirmedOn)) / dayMs);
  const when =
    days <= 0
      ? "hoy"
      : days === 1
        ? "ayer"
        : days < 60
          ? `hace ${days} días`
          : `el ${dayWords(confirmedOn, today)}`;
  return `Confirmada ${when}.${stage === undefined ? "" : stageWords[stage]}`;
}

const stageWords: Record<Stage, string> = {
  fresh: "",
  aging: " Toca decir si todavía vale.",
  sunk: " Por eso sale al final de las listas.",
  hidden: " Por eso ya nadie la ve.",
};
