import {
  carryPledge,
  changePledge,
  correctReceipt,
  measures,
  readPledge,
  recordCertificates,
  recordQuality,
  weighContribution,
  withdrawPledge,
} from "@minka/contracts/lot-pledges";
import { listLots } from "@minka/contracts/lots";
import { harvestUnits } from "@minka/domain/harvest-weights";
import { DomainError } from "@minka/domain/errors";
import { certificates, cropStates } from "@minka/domain/vocabulary";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { lotRefusals } from "../../words/refusals/lots.ts";
import { contributionView } from "./contribution-view.ts";
import { lotPath, readOwnLot } from "./own-lot.ts";
import { offeredOf, pledgeFieldOf, pledgeShape } from "./pledge-fields.ts";

export type ContributionVisit = SignedVisit<{ organizationId: string; lotId: string; pledgeId: string }>;

const here = (visit: ContributionVisit, notice: string) =>
  goTo(lotPath(visit, `/aportes/${visit.params.pledgeId}`), notice);
const pledgeOf = ({ params: { pledgeId } }: ContributionVisit) => ({ pledgeId });

const weight = {
  peso: kinds.decimal({ least: 0.001, most: 100_000 }).required,
  unidad: kinds.choice(harvestUnits).required,
  estado: kinds.choice(cropStates).required,
};
const weighedOf = ({ peso, unidad, estado }: z.output<z.ZodObject<typeof weight>>) => ({
  amount: { amount: peso, unit: unidad },
  cropState: estado,
});
const weightField = (path: string) =>
  path.startsWith("body.amount") ? "peso" : path === "body.cropState" ? "estado" : undefined;

const result = (most: number) => kinds.decimal({ least: 0, most }).optional;

/** What one person brings: its receipts, what was measured of it, and where it goes. */
export const contributionPage = signedPage("/mi-organizacion/:organizationId/lotes/:lotId/aportes/:pledgeId")(
  {
    read: async (visit) => {
      const lot = await readOwnLot(visit);
      const found = await visit.call(readPledge, { params: pledgeOf(visit) });
      if (found.pledge.lotId !== lot.id)
        throw new DomainError("not-found", "no-such-pledge", "This was offered to another lot.");
      const names = await visit.namesOf([
        found.pledge.personId,
        ...found.receipts.map(({ weighedBy }) => weighedBy),
      ]);
      const left = (found.pledge.leftGrams ?? 0) - found.pledge.carriedGrams;
      const others =
        left > 0 && found.pledge.weighedGrams !== null
          ? await visit.callIfAny(listLots, {
              query: { organizerKind: "organization", organizerId: visit.params.organizationId, limit: 50 },
            })
          : null;
      const alike = (others?.items ?? []).filter(
        ({ id, crop, cropState, state }) =>
          id !== lot.id &&
          crop === lot.crop &&
          cropState === lot.cropState &&
          (state === "open" || state === "collecting"),
      );
      return { lot, ...found, names, alike };
    },
    show: (visit, data, attempt) => contributionView(visit, data, attempt),
    refusals: lotRefusals,
    actions: {
      pesar: action(
        z.object({ ...weight, lugar: kinds.id() }),
        async (visit: ContributionVisit, { lugar, ...weighed }) => {
          await visit.call(weighContribution, {
            params: pledgeOf(visit),
            body: { ...weighedOf(weighed), pointId: lugar },
          });
          return here(visit, "pesado");
        },
        weightField,
      ),
      corregir: action(
        z.object({
          ...weight,
          recibo: kinds.id(),
          nota: kinds.text(200, "Escriba qué estaba mal.").required,
        }),
        async (visit: ContributionVisit, { recibo, nota, ...weighed }) => {
          await visit.call(correctReceipt, {
            params: { receiptId: recibo },
            body: { ...weighedOf(weighed), note: nota },
          });
          return here(visit, "corregido");
        },
        (path) => (path === "body.note" ? "nota" : weightField(path)),
      ),
      medir: action(
        z.object({
          moisturePercent: result(100),
          defectsPercent: result(100),
          fermentationPercent: result(100),
          cupPoints: result(100),
          cadmiumMgPerKg: result(10),
          dia: kinds.day().required,
          laboratorio: kinds.text(80).optional,
        }),
        async (visit: ContributionVisit, { dia, laboratorio, ...results }) => {
          if (!measures.some((name) => results[name] !== undefined))
            throw new DomainError("invalid", "nothing-measured", "At least one result.");
          await visit.call(recordQuality, {
            params: pledgeOf(visit),
            body: { results, measuredOn: dia, laboratory: laboratorio ?? null },
          });
          return here(visit, "medido");
        },
        (path) => (path === "body.measuredOn" ? "dia" : undefined),
      ),
      certificar: action(
        z.object({ certificados: kinds.choices(certificates) }),
        async (visit: ContributionVisit, { certificados }) => {
          await visit.call(recordCertificates, {
            params: pledgeOf(visit),
            body: { certificates: certificados },
          });
          return here(visit, "certificado");
        },
      ),
      cambiar: action(
        z.object(pledgeShape),
        async (visit: ContributionVisit, offered) => {
          await visit.call(changePledge, { params: pledgeOf(visit), body: offeredOf(offered) });
          return here(visit, "cambiado");
        },
        pledgeFieldOf,
      ),
      retirar: action(z.object({}), async (visit: ContributionVisit) => {
        await visit.call(withdrawPledge, { params: pledgeOf(visit) });
        return goTo(lotPath(visit), "retirado");
      }),
      llevar: action(z.object({ lote: kinds.id() }), async (visit: ContributionVisit, { lote }) => {
        await visit.call(carryPledge, { params: pledgeOf(visit), body: { lotId: lote } });
        return here(visit, "llevado");
      }),
    },
    notices: {
      pesado: "Pesado. La persona recibe su recibo por SMS.",
      corregido: "Corregido con un recibo nuevo. El primero se sigue viendo.",
      medido: "Anotado. La persona recibe el resultado por SMS.",
      certificado: "Certificados anotados.",
      cambiado: "Cambiado. La persona recibe un SMS.",
      llevado: "Lo que quedaba ya está en el otro lote.",
    },
  },
);
