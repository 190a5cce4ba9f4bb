import { answerMore } from "@minka/contracts/credit-decisions";
import { readCreditStanding } from "@minka/contracts/credit-standings";
import {
  answerApproval,
  answerConsent,
  chooseProduct,
  compareProducts,
  readCredit,
  submitCredit,
  verifyUse,
  withdrawCredit,
} from "@minka/contracts/credits";
import { askEndorsement } from "@minka/contracts/endorsements";
import { z } from "zod";
import { standingOf } from "../../frame/standing.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { creditRefusals } from "../../words/refusals/credit.ts";
import { compareView } from "./compare-view.ts";
import { draftView, originationView } from "./draft-view.ts";
import { sentView } from "./lent-view.ts";
import { creditIsTheirs } from "./not-while-acting.ts";

type CreditVisit = SignedVisit<{ creditId: string }>;

const toCredit = ({ params }: CreditVisit, notice?: string) => goTo(`/mi/credito/${params.creditId}`, notice);

/** One credit from comparing until the last instalment: what is next comes first. */
export const creditPage = signedPage("/mi/credito/:creditId")({
  fleeting: true,
  read: async (visit) => {
    if (visit.person.actedBy) return null;
    const { params } = visit;
    const { credit } = await visit.call(readCredit, { params, query: {} });
    const standing = await visit.call(readCreditStanding, { params, query: {} });
    if (credit.state !== "draft") {
      const { organizations } =
        credit.state === "more_asked" ? await standingOf(visit) : { organizations: [] };
      return { kind: "sent" as const, credit, standing, organizations };
    }
    const mayAsk = credit.consents.find(({ consent }) => consent === "origination")?.given ?? null;
    if (credit.through.way !== "self" && mayAsk !== true) {
      const names = await visit.namesOf([credit.through.personId]);
      return {
        kind: "origination" as const,
        credit,
        name: names.get(credit.through.personId ?? "") ?? null,
      };
    }
    // What is met changes with every answer: it is compared as it stands now.
    const products = await visit.call(compareProducts, { params, body: {} });
    if (credit.chosen === null || visit.query["ver"] === "opciones")
      return { kind: "compare" as const, credit, products };
    const { organizations } = await standingOf(visit);
    const all = [...products.eligible, ...products.nearly, ...products.others];
    return {
      kind: "draft" as const,
      credit,
      standing,
      organizations,
      chosen: all.find(({ offerId }) => offerId === credit.chosen?.offerId) ?? null,
      names: new Map(organizations.map(({ id, name }) => [id, name])),
    };
  },
  show: (visit, data, attempt) => {
    if (data === null) return creditIsTheirs;
    switch (data.kind) {
      case "origination":
        return originationView(visit, data, attempt);
      case "compare":
        return compareView(visit, data, attempt);
      case "draft":
        return draftView(visit, data, attempt);
      case "sent":
        return sentView(visit, data, attempt);
    }
  },
  refusals: creditRefusals,
  actions: {
    permiso: action(
      z.object({ acepta: kinds.choice(["si", "no"]).required }),
      async (visit: CreditVisit, { acepta }) => {
        const given = acepta === "si";
        const params = { ...visit.params, consent: "origination" as const };
        await visit.call(answerConsent, { params, body: { given } });
        return given ? toCredit(visit, "permiso") : goTo("/mi/credito", "retirado");
      },
    ),
    elegir: action(z.object({ oferta: kinds.id() }), async (visit: CreditVisit, { oferta }) => {
      await visit.call(chooseProduct, { params: visit.params, body: { offerId: oferta } });
      return toCredit(visit);
    }),
    aval: action(z.object({ organizacion: kinds.id() }), async (visit: CreditVisit, { organizacion }) => {
      await visit.call(askEndorsement, { params: visit.params, body: { organizationId: organizacion } });
      return toCredit(visit, "aval");
    }),
    enviar: action(
      z
        .object({
          version: kinds.wholeNumber().required,
          entidad: kinds.id(),
          historia: kinds.choice(["si", "no"]).optional,
          pregunta: z.literal("historia").optional(),
        })
        .refine(({ pregunta, historia }) => !pregunta || historia, {
          path: ["historia"],
          error: "Diga si puede verlo o no.",
        }),
      async (visit: CreditVisit, { version, entidad, historia }) => {
        const { params } = visit;
        if (historia) {
          const given = historia === "si";
          await visit.call(answerConsent, {
            params: { ...params, consent: "history" },
            body: { given, lenderId: entidad },
          });
        }
        await visit.call(submitCredit, { params, body: { version } });
        return toCredit(visit, "enviado");
      },
    ),
    aceptar: action(
      z.object({ acepta: kinds.choice(["si", "no"]).required, descuento: kinds.tick() }),
      async (visit: CreditVisit, { acepta, descuento }) => {
        const accepted = acepta === "si";
        await visit.call(answerApproval, {
          params: visit.params,
          body: { accepted, ...(accepted && descuento ? { repayFromSettlement: true } : {}) },
        });
        return accepted ? toCredit(visit, "aceptado") : goTo("/mi/credito", "retirado");
      },
    ),
    listo: action(z.object({ pedido: z.iso.datetime() }), async (visit: CreditVisit, { pedido }) => {
      await visit.call(answerMore, { params: visit.params, body: { askedAt: pedido } });
      return toCredit(visit, "listo");
    }),
    retirar: action(z.object({}), async (visit: CreditVisit) => {
      await visit.call(withdrawCredit, { params: visit.params, body: {} });
      return goTo("/mi/credito", "retirado");
    }),
    usar: action(
      z.object({
        boleta: kinds
          .text(20, "Escriba el número de la boleta.")
          .required.transform((text) => text.toUpperCase().replace(/\s/g, "")),
      }),
      async (visit: CreditVisit, { boleta }) => {
        await visit.call(verifyUse, {
          params: visit.params,
          body: { by: "receipt", receiptNumber: boleta },
        });
        return toCredit(visit, "usado");
      },
      (path) => (path === "body.receiptNumber" ? "boleta" : undefined),
    ),
  },
  notices: {
    permiso: "Anotado. Ahora elija a qué entidad pedir.",
    cambiado: "Guardado. Compare otra vez y elija.",
    aval: "Le avisamos a su organización. Le llega un SMS cuando responda.",
    grupo: "Le preguntamos a cada persona por SMS. Tienen 7 días para responder.",
    enviado: "Enviado. La entidad tiene 5 días hábiles para responder; le avisamos por SMS.",
    aceptado: "Anotado. Ahora la entidad le entrega el dinero, y le preguntamos por SMS si llegó.",
    listo: "Anotado. Le avisamos a la entidad: ahora decide.",
    usado: "Guardado. La entidad ve que usted lo mostró.",
  },
});
