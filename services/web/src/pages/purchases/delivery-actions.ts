import { markDeliveryBrought, setDeliveryDay } from "@minka/contracts/pool-deliveries";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, type Action } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";

/** What the organizer and the supplier both may say of a delivery. */
export function deliveryActions<Params>(): Readonly<Record<"dia" | "llego", Action<Params>>> {
  return {
    dia: action(
      z.object({ entrega: kinds.id(), dia: kinds.day().required }),
      async ({ call, path }: SignedVisit<Params>, { entrega, dia }) => {
        await call(setDeliveryDay, { params: { deliveryId: entrega }, body: { day: dia } });
        return goTo(`${path}#entregas`, "dia");
      },
      (at) => (at === "body.day" ? "dia" : undefined),
    ),
    llego: action(
      z.object({ entrega: kinds.id() }),
      async ({ call, path }: SignedVisit<Params>, { entrega }) => {
        await call(markDeliveryBrought, { params: { deliveryId: entrega } });
        return goTo(`${path}#entregas`, "llego");
      },
    ),
  };
}
