import { callOffVisit, type CancelReason } from "@minka/contracts/follow-ups";
import { reportOutcome } from "@minka/contracts/matching";
import { answerPlanVisit } from "@minka/contracts/plan-visits";
import type { agentRefusals } from "@minka/contracts/plans";
import { reportArrival, reportDeparture } from "@minka/contracts/presence";
import { DomainError } from "@minka/domain/errors";
import { z } from "zod";
import type { Option } from "../../design/fields.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";

type AgentRefusal = (typeof agentRefusals)[number];

/** Why an agent cannot, of a plan. */
export const agentReasons: readonly Option[] = [
  { value: "ill", words: "Por mi salud" },
  { value: "busy", words: "Tengo otro trabajo" },
  { value: "far", words: "Queda muy lejos" },
  { value: "other", words: "Otra razón" },
];
export const agentReason = kinds.choice(["ill", "busy", "far", "other"]).optional;

/** What was asked for is called off for other reasons: they are told to who asked. */
const callOffReasons = { ill: "health", busy: "busy", far: "road", other: "other" } as const satisfies Record<
  AgentRefusal,
  CancelReason
>;

const hours = ["1", "2", "3", "4", "6", "8"] as const;
export const stayOptions: readonly Option[] = hours.map((value) => ({
  value,
  words: value === "1" ? "1 hora" : `${value} horas`,
}));

/** What waited for a signal counts by the hour at which it was written. */
const writtenAt = ({ now, writtenAt: at }: Pick<SignedVisit, "now" | "writtenAt">) =>
  at < now ? { at: at.toISOString() } : {};

/**
 * The browser keeps a form when no answer came. If only the answer was lost, the same form has been taken already,
 * without the hour that it brings now.
 */
async function onceSaid({ waited }: Pick<SignedVisit, "waited">, say: () => Promise<unknown>): Promise<void> {
  try {
    await say();
  } catch (error) {
    if (!(waited && error instanceof DomainError && error.code === "idempotency-key-reused")) throw error;
  }
}

const one = z.object({ visita: kinds.id() });

/**
 * What an agent says of a visit. Each form carries all that it needs, so that one which waited for a signal says the
 * same as if it had been sent at once, and what is said twice changes nothing.
 */
export function visitActions<Params>(
  back: (visit: SignedVisit<Params>) => string,
  /** Where to go when the visit is the agent's no more. */
  away: (visit: SignedVisit<Params>) => string = back,
) {
  return {
    llegue: action(
      one.extend({ horas: kinds.choice(hours).optional }),
      async (visit: SignedVisit<Params>, { visita: engagementId, horas }) => {
        const body = { ...(horas === undefined ? {} : { hours: Number(horas) }), ...writtenAt(visit) };
        await onceSaid(visit, () => visit.call(reportArrival, { params: { engagementId }, body }));
        return goTo(`${back(visit)}#v-${engagementId}`, "llego");
      },
    ),
    sali: action(one, async (visit: SignedVisit<Params>, { visita: engagementId }) => {
      const body = writtenAt(visit);
      await onceSaid(visit, () => visit.call(reportDeparture, { params: { engagementId }, body }));
      return goTo(`${back(visit)}#v-${engagementId}`, "salio");
    }),
    hecha: action(one, async (visit: SignedVisit<Params>, { visita: engagementId }) => {
      await visit.call(reportOutcome, {
        params: { engagementId },
        body: { outcome: "done", by: "provider" },
      });
      return goTo(`${back(visit)}#v-${engagementId}`, "hecha");
    }),
    nadie: action(one, async (visit: SignedVisit<Params>, { visita: engagementId }) => {
      await visit.call(reportOutcome, {
        params: { engagementId },
        body: { outcome: "no_show", by: "provider" },
      });
      return goTo(away(visit), "nadie");
    }),
    quitar: action(
      z.object({ planeada: kinds.id(), motivo: agentReason }),
      async (visit: SignedVisit<Params>, { planeada: planVisitId, motivo }) => {
        await visit.call(answerPlanVisit, {
          params: { planVisitId },
          body: { by: "agent", accept: false, ...(motivo ? { reason: motivo } : {}) },
        });
        return goTo(away(visit), "quitada");
      },
    ),
    cancelar: action(
      one.extend({ motivo: agentReason }),
      async (visit: SignedVisit<Params>, { visita: engagementId, motivo }) => {
        const body = motivo ? { reason: callOffReasons[motivo] } : {};
        await visit.call(callOffVisit, { params: { engagementId }, body });
        return goTo(away(visit), "cancelada");
      },
    ),
  };
}

export const visitNotices = {
  llego: "Anotamos que llegó. Al salir, avise también.",
  salio: "Anotamos que salió bien.",
  hecha: "Visita hecha. A la persona le preguntamos cómo le fue.",
  nadie: "Anotado: la visita no se hizo. Buscamos otra fecha o a otra persona.",
  quitada: "Esa visita ya no es suya. Buscamos otra fecha o a otra persona, y avisamos a quien esperaba.",
  cancelada: "Visita cancelada. Avisamos a quien la pidió y buscamos a otra persona.",
};
