import type { Reason } from "@minka/contracts/common";
import type { Plan, planAgent, PlanVisit } from "@minka/contracts/plans";
import { sayPlanReason, sayShortDay } from "@minka/language/say-plan";
import type { z } from "zod";
import type { Tone } from "../../design/parts.ts";
import { capitalized, wallTimeWords } from "../../words/field-words.ts";

type Said = readonly [words: string, tone: Tone];
export type PlanAgent = z.output<typeof planAgent>;

export function planState({ state, computing }: Plan): Said {
  if (computing || state === "computing") return ["Se está calculando", "going"];
  const words: Record<Exclude<Plan["state"], "computing">, Said> = {
    failed: ["No se pudo hacer", "bad"],
    draft: ["Falta aprobar", "waiting"],
    approved: ["En marcha", "good"],
    closed: ["Terminó", "over"],
    discarded: ["Descartado", "over"],
  };
  return words[state];
}

/** Why a plan failed, or stands as it did. */
export function planWhy({ code }: Reason): string {
  if (code === "no-agents")
    return "No hay técnicas ni técnicos con su registro activo, sus datos de trabajo y visitas publicadas.";
  return "No se pudo calcular de nuevo. El plan sigue como estaba. Pruebe otra vez más tarde.";
}

export function visitStateWords({ state, engagement }: PlanVisit): Said {
  if (engagement?.state === "done") return ["Hecha", "good"];
  if (engagement?.state === "no_show") return ["No se hizo", "bad"];
  if (engagement?.state === "cancelled") return ["Se canceló", "over"];
  if (engagement?.state === "disputed") return ["La ve Minka", "waiting"];
  const words: Record<PlanVisit["state"], Said> = {
    planned: ["Por preguntar", "waiting"],
    proposed: ["Falta su SI", "waiting"],
    accepted: ["Dijo que sí", "good"],
    refused: ["No puede entonces", "bad"],
    unassigned: ["Con nadie", "bad"],
    dropped: ["Ya no va", "over"],
  };
  return words[state];
}

export const visitStateOptions = [
  { value: "planned", words: "Por preguntar" },
  { value: "proposed", words: "Falta su SI" },
  { value: "accepted", words: "Dijo que sí" },
  { value: "refused", words: "No puede entonces" },
  { value: "unassigned", words: "Con nadie" },
  { value: "dropped", words: "Ya no va" },
] as const;

const answers: Record<NonNullable<PlanAgent["answer"]>, Said> = {
  waiting: ["Falta su respuesta", "waiting"],
  accepted: ["Aceptó", "good"],
  refused: ["No puede", "bad"],
};
export const agentAnswer = ({ answer }: PlanAgent): Said =>
  answer === null ? ["Todavía no se le avisa", "waiting"] : answers[answer];

/** Why a visit is with nobody or will not be; a sentence, or nothing where there are no words for it. */
export function whyWords(why: Reason | null, today: string): string | null {
  const said = why && sayPlanReason(why, today);
  return said ? capitalized(said) : null;
}

/** "Mar 14, 8 a. m." */
export function whenWords({ day, startsAt }: Pick<PlanVisit, "day" | "startsAt">): string {
  if (day === null) return "sin día";
  return capitalized(`${sayShortDay(day)}${startsAt === null ? "" : `, ${wallTimeWords(startsAt)}`}`);
}

/** Kilometres, of which a tenth says nothing to anybody. */
export const kmWords = (km: number): string => `${Math.round(km).toLocaleString("en-US")} km`;

export const peopleCount = (count: number): string => (count === 1 ? "1 persona" : `${count} personas`);

/** What the computation says of how good it is. */
export function qualityWords({ gap }: { readonly gap: number }): string {
  const percent = Math.ceil(gap * 100);
  return percent === 0
    ? "Nadie puede hacer este recorrido con menos kilómetros."
    : `El mejor recorrido posible ahorraría a lo más ${percent} de cada 100 km.`;
}
