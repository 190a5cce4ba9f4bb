import type { Actor } from "@minka/contracts/actor";
import { errandSettled, readErrand } from "@minka/contracts/errands";
import { DomainError } from "@minka/domain/errors";
import type { CallOptions, Caller } from "@minka/http/caller";
import { on, type EventHandler, type ServiceKit } from "@minka/service/define-service";
import { actOf } from "@minka/service/act";
import { putRequest } from "../requests/open-request.ts";

/**
 * What a helper asked for another phone's owner is theirs from their SI on: opened in their name, as if they had
 * asked it themself, with who did it for them. A person who has agreed to it is not stopped by how much else is open.
 */
export function errandReactions(kit: ServiceKit): EventHandler[] {
  return [
    on(errandSettled, async ({ payload: { errandId }, trace, once }) => {
      const errand = await find(kit.call, errandId, { trace });
      if (!errand) return;
      const { state, personId, need, districtCode, helperPersonId, organizationId } = errand;
      if (state !== "agreed" || !personId || !need || !districtCode) return;
      const through = { personId: helperPersonId, ...(organizationId ? { organizationId } : {}) };
      const actor: Actor = { kind: "person", personId, operator: false, through };
      await once(async (tx) => {
        const act = actOf({ actor, trace }, kit.clock());
        const openedThrough = through.personId;
        await putRequest(tx, act, { personId, need, districtCode, channel: "sms", openedThrough });
      });
    }),
  ];
}

/** Null for one that was erased meanwhile with whom it was for. */
async function find(call: Caller, errandId: string, options: CallOptions) {
  try {
    return (await call(readErrand, { params: { errandId } }, options)).errand;
  } catch (error) {
    if (error instanceof DomainError && error.category === "not-found") return null;
    throw error;
  }
}
