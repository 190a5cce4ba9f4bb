import {
  approveCredit,
  askMore,
  readLenderCredit,
  refuseCredit,
  reviewCredit,
  type LenderCredit,
} from "@minka/contracts/credit-decisions";
import { approvalConditions, refusalCodes } from "@minka/contracts/credit-words";
import { readOrganization } from "@minka/contracts/organizations";
import { readPaymentAccount, type PaymentAccount } from "@minka/contracts/payments";
import { DomainError } from "@minka/domain/errors";
import { loanRequirements } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, soles } from "../../words/field-words.ts";
import { creditRefusals } from "../../words/refusals/credit.ts";
import { creditIsTheirs } from "../credit/not-while-acting.ts";
import { lenderCreditView } from "./lender-credit-view.ts";

type LenderVisit = SignedVisit<{ providerId: string; creditId: string }>;

export type LenderData = {
  readonly credit: LenderCredit;
  readonly names: ReadonlyMap<string, string>;
  /** What the lender handed over, and what comes back; null before there is any. */
  readonly handed: PaymentAccount | null;
  readonly back: PaymentAccount | null;
};

const path = ({ params }: LenderVisit) => `/mi-servicio/${params.providerId}/creditos/${params.creditId}`;
/** Of which reason each field tells more. */
const reasonOf = { falta: "requirement_missing", hasta: "amount_too_high", plazo: "term_too_long" } as const;
const lent = ["accepted", "disbursed", "repaying", "in_arrears", "settled"] as const;

/** A credit as its lender sees it: what the borrower agreed to show, the decision, and how it is paid. */
export const lenderCreditPage = signedPage("/mi-servicio/:providerId/creditos/:creditId")({
  read: async (visit): Promise<LenderData | null> => {
    if (visit.person.actedBy) return null;
    const { creditId } = visit.params;
    const { credit } = await visit.call(readLenderCredit, { params: { creditId } });
    const isLent = lent.some((state) => state === credit.state);
    const account = async (kind: "credit-disbursement" | "credit-instalment") =>
      isLent
        ? ((await visit.callIfAny(readPaymentAccount, { params: { kind, id: creditId }, query: {} }))
            ?.account ?? null)
        : null;
    const organizations = await Promise.all(
      credit.endorsements.map(({ organizationId }) =>
        visit.callIfAny(readOrganization, { params: { organizationId } }),
      ),
    );
    return {
      credit,
      names: new Map(
        organizations.flatMap((found) =>
          found ? [[found.organization.id, found.organization.name] as const] : [],
        ),
      ),
      handed: await account("credit-disbursement"),
      back: await account("credit-instalment"),
    };
  },
  show: (visit, data, attempt) => (data === null ? creditIsTheirs : lenderCreditView(visit, data, attempt)),
  refusals: creditRefusals,
  actions: {
    revisar: action(z.object({}), async (visit: LenderVisit) => {
      await visit.call(reviewCredit, { params: { creditId: visit.params.creditId }, body: {} });
      return goTo(path(visit), "revisando");
    }),
    aprobar: action(
      z
        .object({
          monto: kinds.money({ least: 1 }).required,
          meses: kinds.wholeNumber({ least: 1, most: 120 }).required,
          condiciones: kinds.choices(approvalConditions),
          // In céntimos, as the page has said it.
          pide: kinds.wholeNumber({ most: 2_000_000_000 }).optional,
        })
        .superRefine(({ monto, pide }, context) => {
          if (pide === undefined || monto <= pide) return;
          const message = `No puede ser más de lo que pide (${soles(pide)}).`;
          context.addIssue({ code: "custom", path: ["monto"], message });
        }),
      async (visit: LenderVisit, { monto, meses, condiciones }) => {
        await visit.call(approveCredit, {
          params: { creditId: visit.params.creditId },
          body: { amountCentimos: monto, months: meses, conditions: condiciones },
        });
        return goTo(path(visit), "aprobado");
      },
      (at) => ({ "body.amountCentimos": "monto", "body.months": "meses" })[at],
    ),
    pedirMas: action(
      z.object({
        requisitos: kinds.choices(loanRequirements),
        nota: kinds.text(60).optional,
      }),
      async (visit: LenderVisit, { requisitos, nota }) => {
        await visit.call(askMore, {
          params: { creditId: visit.params.creditId },
          body: { requirements: requisitos, note: nota ?? null },
        });
        return goTo(path(visit), "pedido");
      },
      (at) => ({ "body.requirements": "requisitos", "body.note": "nota" })[at],
    ),
    negar: action(
      z
        .object({
          motivos: kinds.choices(refusalCodes, { least: 1, missing: "Elija al menos un motivo." }),
          falta: kinds.choice(loanRequirements).optional,
          hasta: kinds.money({ least: 1 }).optional,
          plazo: kinds.wholeNumber({ least: 1, most: 120 }).optional,
        })
        .superRefine((said, context) => {
          // What belongs to a reason that is not ticked would be lost without a word.
          for (const [field, code] of Object.entries(reasonOf))
            if (said[field as keyof typeof reasonOf] !== undefined && !said.motivos.includes(code))
              context.addIssue({
                code: "custom",
                path: [field],
                message: `Marque arriba «${capitalized(word("credit_refusal", code))}», o deje esto vacío.`,
              });
        }),
      async (visit: LenderVisit, { motivos, falta, hasta, plazo }) => {
        if (motivos.length > 5)
          throw new DomainError("invalid", "too-many-reasons", "Five reasons at most.", {
            errors: [{ path: "motivos", message: "at most five" }],
          });
        await visit.call(refuseCredit, {
          params: { creditId: visit.params.creditId },
          body: {
            reasons: motivos.map((code) => ({
              code,
              ...(code === "requirement_missing" && falta ? { requirement: falta } : {}),
              ...(code === "amount_too_high" && hasta ? { mostCentimos: hasta } : {}),
              ...(code === "term_too_long" && plazo ? { mostMonths: plazo } : {}),
            })),
          },
        });
        return goTo(path(visit), "negado");
      },
    ),
  },
  notices: {
    revisando: "Le avisamos a la persona por SMS que ya lo revisan.",
    aprobado: "Aprobado. La persona recibe un SMS con todo lo que cuesta y tiene 10 días para aceptar.",
    pedido: "Le avisamos por SMS qué falta. Les decimos cuando responda; tiene 10 días.",
    negado: "Le dijimos por SMS por qué no, y qué puede cambiar.",
  },
});
