import { readMemberFigures } from "@minka/contracts/memberships";
import { listOffers } from "@minka/contracts/catalog";
import { openLot } from "@minka/contracts/lots";
import { limaInstant } from "@minka/domain/lima-time";
import type { z } from "zod";
import { form } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { formState } from "../../forms/attempt.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { lotRefusals } from "../../words/refusals/lots.ts";
import { lotFieldOf, lotForm, lotShape } from "./new-lot-fields.ts";
import { lotsPath, type DeskVisit } from "./own-lot.ts";

/** The last hour of a day in which people still write. */
const lastHour = 20;

/** Opens a lot: each member is told by SMS, and the buyer whose wish it answers. */
export const newLotPage = signedPage("/mi-organizacion/:organizationId/lotes/nuevo")({
  read: async (visit) => {
    const { organizationId } = visit.params;
    const [{ members }, offers] = await Promise.all([
      visit.call(readMemberFigures, { params: { organizationId } }),
      visit.callIfAny(listOffers, { query: { kind: "purchase", limit: 100 } }),
    ]);
    return { members, offers: offers?.items ?? [] };
  },
  show: (visit, { members, offers }, attempt) => {
    const state = formState(attempt, "abrir", { partes: true, regla: "most-paid" });
    return {
      title: "Abrir un lote",
      desk: true,
      main: html`<h1>¿Qué cosecha juntan para vender?</h1>
        <p class="lead">
          Al abrirlo, cada socia y socio (hoy son ${members}) recibe un SMS y ofrece con otro SMS.
        </p>
        ${form(visit, state, lotForm(state, offers))}`,
    };
  },
  refusals: lotRefusals,
  actions: {
    abrir: action(
      lotShape,
      async (visit: DeskVisit, values) => {
        const { organizationId } = visit.params;
        const { lotId } = await visit.call(openLot, {
          body: { organizer: { kind: "organization", id: organizationId }, ...bodyOf(values) },
        });
        return goTo(`${lotsPath(visit)}/${lotId}`, "abierto");
      },
      lotFieldOf,
    ),
  },
});

function bodyOf(values: z.output<typeof lotShape>) {
  const [crop, cropState] = values.cosecha;
  const points = [
    { name: values.punto1, districtCode: values.distrito1, collectsOn: values.dia1 ?? null },
    ...[
      { name: values.punto2, districtCode: values.distrito2, collectsOn: values.dia2 ?? null },
      { name: values.punto3, districtCode: values.distrito3, collectsOn: values.dia3 ?? null },
    ].flatMap(({ name, districtCode, collectsOn }) =>
      name && districtCode ? [{ name, districtCode, collectsOn }] : [],
    ),
  ];
  return {
    title: values.nombre,
    crop,
    cropState,
    minimumKg: values.minimo,
    maximumKg: values.maximo,
    limits: {
      maximumMoisturePercent: values.humedad,
      maximumDefectsPercent: values.defectos,
      minimumFermentationPercent: values.fermentado,
      minimumCupPoints: values.taza,
      maximumCadmiumMgPerKg: values.cadmio,
    },
    certificates: values.certificados,
    minimumWomenSharePercent: values.mujeres ?? 0,
    points,
    pledgeUntil: limaInstant(values.hasta, lastHour).toISOString(),
    collectFrom: values.desde,
    collectUntil: values.fin,
    fairness: values.regla,
    parts: values.partes,
    feeCentimosPerKg: values.servicio ?? 0,
    feePercent: values.porcentaje ?? 0,
    expectedCentimosPerKg: values.espera ?? null,
    openToNeighbours: values.vecinos,
    demand: values.pedido
      ? { offerId: values.pedido.offerId, offerVersion: values.pedido.offerVersion }
      : null,
  };
}
