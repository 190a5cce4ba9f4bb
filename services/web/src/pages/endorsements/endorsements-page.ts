import { endorsementConditions, endorsementRefusals, endorsementStates } from "@minka/contracts/credit-words";
import {
  approveEndorsement,
  approveExposureLimit,
  listEndorsements,
  proposeEndorsement,
  proposeExposureLimit,
  readExposure,
  refuseEndorsement,
} from "@minka/contracts/endorsements";
import { listMembers } from "@minka/contracts/memberships";
import { listKeptBackBy } from "@minka/contracts/payments";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { askedOf } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { creditRefusals } from "../../words/refusals/credit.ts";
import { creditIsTheirs } from "../credit/not-while-acting.ts";
import { endorsementsView } from "./endorsements-view.ts";

type DeskVisit = SignedVisit<{ organizationId: string }>;

const back = ({ params }: DeskVisit, notice: string) =>
  goTo(`/mi-organizacion/${params.organizationId}/avales`, notice);

/** Managers who may approve what whoever looks proposes; null where it may not be known. */
async function readApprovers(visit: DeskVisit): Promise<readonly string[] | null> {
  const query = { role: "manager", limit: 50 } as const;
  const found = await visit.callIfAny(listMembers, { params: visit.params, query });
  return (
    found?.items.flatMap(({ personId }) =>
      personId && personId !== visit.person.personId ? personId : [],
    ) ?? null
  );
}

/** What members asked their organization to vouch for: proposed by one, approved by another, within a limit. */
export const endorsementsPage = signedPage("/mi-organizacion/:organizationId/avales")({
  read: async (visit) => {
    if (visit.person.actedBy) return null;
    const { organizationId } = visit.params;
    const state = askedOf(visit, "estado", endorsementStates);
    const [exposure, page, kept, approvers] = await Promise.all([
      visit.call(readExposure, { params: { organizationId } }),
      visit.call(listEndorsements, {
        query: { organizationId, state, cursor: visit.query["desde"], limit: 20 },
      }),
      visit.callIfAny(listKeptBackBy, { params: { organizationId }, query: { limit: 50 } }),
      readApprovers(visit),
    ]);
    const names = await visit.namesOf(page.items.map(({ personId }) => personId));
    return { state, exposure, page, names, kept: kept?.items ?? [], approvers };
  },
  show: (visit, data, attempt) => (data === null ? creditIsTheirs : endorsementsView(visit, data, attempt)),
  refusals: creditRefusals,
  actions: {
    proponer: action(
      z.object({
        aval: kinds.id(),
        monto: kinds.money({ least: 1 }).required,
        condiciones: kinds.choices(endorsementConditions),
      }),
      async (visit: DeskVisit, { aval, monto, condiciones }) => {
        await visit.call(proposeEndorsement, {
          params: { endorsementId: aval },
          body: { amountCentimos: monto, conditions: condiciones },
        });
        return back(visit, "propuesto");
      },
      (path) => (path === "body.amountCentimos" ? "monto" : undefined),
    ),
    aprobar: action(
      z.object({ aval: kinds.id(), version: kinds.wholeNumber().required }),
      async (visit: DeskVisit, { aval, version }) => {
        await visit.call(approveEndorsement, { params: { endorsementId: aval }, body: { version } });
        return back(visit, "aprobado");
      },
    ),
    negar: action(
      z.object({ aval: kinds.id(), motivo: kinds.choice(endorsementRefusals, "Elija por qué.").required }),
      async (visit: DeskVisit, { aval, motivo }) => {
        await visit.call(refuseEndorsement, { params: { endorsementId: aval }, body: { reason: motivo } });
        return back(visit, "negado");
      },
    ),
    tope: action(
      z.object({ tope: kinds.money().required }),
      async (visit: DeskVisit, { tope }) => {
        const { organizationId } = visit.params;
        await visit.call(proposeExposureLimit, { body: { organizationId, limitCentimos: tope } });
        return back(visit, "tope-propuesto");
      },
      (path) => (path === "body.limitCentimos" ? "tope" : undefined),
    ),
    "aprobar-tope": action(z.object({ cambio: kinds.id() }), async (visit: DeskVisit, { cambio }) => {
      await visit.call(approveExposureLimit, { params: { changeId: cambio } });
      return back(visit, "tope-aprobado");
    }),
  },
  notices: {
    propuesto: "Propuesto. Falta que otra gerenta o gerente lo apruebe; le llegó un SMS.",
    aprobado: "La organización da su aval. La persona ya lo sabe por SMS.",
    negado: "Le dijimos a la persona que esta vez no, y por qué.",
    "tope-propuesto": "Propuesto. Falta que otra gerenta o gerente apruebe el tope; le llegó un SMS.",
    "tope-aprobado": "Desde ahora vale el nuevo tope.",
  },
});
