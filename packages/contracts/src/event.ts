import type { ZodType, z } from "zod";
import type { ServiceName } from "./service-names.ts";

/** A fact that one service tells others. The payload carries ids, never names, phones or texts. */
export type EventDefinition<Name extends string = string, Payload extends ZodType = ZodType> = {
  readonly name: Name;
  readonly emitter: ServiceName;
  readonly subscribers: readonly ServiceName[];
  readonly payload: Payload;
};

export type EventPayload<E extends EventDefinition> = z.output<E["payload"]>;

export function event<Name extends string, Payload extends ZodType>(
  definition: EventDefinition<Name, Payload>,
): EventDefinition<Name, Payload> {
  return definition;
}
