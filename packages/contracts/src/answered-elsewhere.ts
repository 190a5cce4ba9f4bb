import { z } from "zod";
import { event } from "./event.ts";

/**
 * People said by other means than an SMS what Minka had asked them, or may have: on the web, or to an operator. What
 * needs no answer any more is asked no more.
 */
function elsewhere<Service extends "matching" | "profiles" | "catalog" | "brokering">(service: Service) {
  return event({
    name: `${service}.answered-elsewhere`,
    emitter: service,
    subscribers: ["notifications"],
    payload: z.object({ personIds: z.array(z.uuid()).min(1) }),
  });
}

export const answeredElsewhere = {
  matching: elsewhere("matching"),
  profiles: elsewhere("profiles"),
  catalog: elsewhere("catalog"),
  brokering: elsewhere("brokering"),
} as const;
