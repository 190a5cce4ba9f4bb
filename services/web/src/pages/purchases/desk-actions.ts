import { approvePoolAward, sendBackPoolAward } from "@minka/contracts/pool-awards";
import { changeOrder, joinPool, leavePool } from "@minka/contracts/pool-orders";
import { inviteSupplier } from "@minka/contracts/pool-quotes";
import { markDeliveryMissed } from "@minka/contracts/pool-deliveries";
import { cancelPool, decidePool } from "@minka/contracts/pools";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, type Action } from "../../visits/page.ts";
import { remindAction } from "../invitations/silent-part.ts";
import { deliveryActions } from "./delivery-actions.ts";
import type { DeskParams, DeskVisit } from "./read-desk.ts";
import { wish, wishField, wishOf } from "./wish.ts";

const none = z.object({});
const reason = kinds
  .text(200, "Escriba por qué.")
  .required.refine((text) => text.length >= 3, "Escriba por qué, con más palabras.");

const sendingBack = z.object({
  reparto: kinds.id(),
  motivo: reason,
  luego: kinds.choice(["recompute", "extend", "cancel"]).required,
  dias: kinds.wholeNumber({ least: 1, most: 30 }).required,
  sin: kinds.list(kinds.id()),
});

function nextOf({ luego, dias, sin }: z.output<typeof sendingBack>) {
  if (luego === "extend") return { do: luego, days: dias };
  return luego === "cancel" ? { do: luego } : { do: luego, withoutQuoteIds: sin };
}

const poolOf = ({ params }: DeskVisit) => ({ poolId: params.poolId });

/** What who arranges a joint purchase may do with it, by the form's name. */
export const deskActions: Readonly<Record<string, Action<DeskParams>>> = {
  ...deliveryActions<DeskParams>(),
  recordar: remindAction<DeskParams>("pool", ({ poolId }) => poolId),
  anotar: action(
    wish({ persona: kinds.id() }),
    async (visit: DeskVisit, { persona, ...values }) => {
      await visit.call(joinPool, { params: poolOf(visit), body: { personId: persona, ...wishOf(values) } });
      return goTo(`${visit.path}#pedidos`, "anotado");
    },
    wishField,
  ),
  cambiarPedido: action(
    wish({ pedido: kinds.id() }),
    async (visit: DeskVisit, { pedido, ...values }) => {
      await visit.call(changeOrder, { params: { orderId: pedido }, body: wishOf(values) });
      return goTo(`${visit.path}#pedidos`, "cambiado");
    },
    wishField,
  ),
  sacar: action(z.object({ pedido: kinds.id() }), async (visit: DeskVisit, { pedido }) => {
    await visit.call(leavePool, { params: { orderId: pedido } });
    return goTo(`${visit.path}#pedidos`, "salio");
  }),
  invitar: action(z.object({ proveedor: kinds.id() }), async (visit: DeskVisit, { proveedor }) => {
    await visit.call(inviteSupplier, { params: poolOf(visit), body: { providerId: proveedor } });
    return goTo(`${visit.path}#proveedores`, "invitado");
  }),
  aprobar: action(z.object({ reparto: kinds.id() }), async (visit: DeskVisit, { reparto }) => {
    await visit.call(approvePoolAward, { params: { awardId: reparto } });
    return goTo(visit.path, "aprobada");
  }),
  devolver: action(sendingBack, async (visit: DeskVisit, values) => {
    await visit.call(sendBackPoolAward, {
      params: { awardId: values.reparto },
      body: { reason: values.motivo, next: nextOf(values) },
    });
    return goTo(visit.path, values.luego === "cancel" ? "cancelada" : "devuelta");
  }),
  seguir: action(none, async (visit: DeskVisit) => {
    await visit.call(decidePool, { params: poolOf(visit), body: { decision: "go_on" } });
    return goTo(visit.path, "sigue");
  }),
  noSeguir: action(none, async (visit: DeskVisit) => {
    await visit.call(decidePool, { params: poolOf(visit), body: { decision: "cancel" } });
    return goTo(visit.path, "cancelada");
  }),
  cancelar: action(z.object({ motivo: reason }), async (visit: DeskVisit, { motivo }) => {
    await visit.call(cancelPool, { params: poolOf(visit), body: { reason: motivo } });
    return goTo(visit.path, "cancelada");
  }),
  noLlego: action(z.object({ entrega: kinds.id() }), async (visit: DeskVisit, { entrega }) => {
    await visit.call(markDeliveryMissed, { params: { deliveryId: entrega } });
    return goTo(`${visit.path}#entregas`, "nollego");
  }),
};
