import { z } from "zod";
import { instantText, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { owningServices, serviceNames, type OwningService } from "./service-names.ts";

/** What a service has still to do, alike in all of them. */
const queue = z.object({
  asOf: instantText,
  deliveries: z
    .object({
      waiting: z.int().describe("News of other services, and its own, that it has not taken in yet"),
      oldestSince: instantText.nullable().describe("When what has waited longest happened"),
      failing: z.int().describe("Of these have failed before and are tried again"),
      parked: z.int().describe("Failed too often: nothing is tried again before an operator puts it back"),
    })
    .describe("Parked ones are not among the waiting"),
  jobs: z
    .array(
      z.object({
        job: z.string(),
        due: z.int(),
        more: z.boolean().describe("There are more: no further was counted"),
      }),
    )
    .describe("What its worker has to do now, each kind with something due; usually over in seconds"),
});

const parkedDelivery = z.object({
  id: z.uuid(),
  event: z.string(),
  emitter: z.enum(serviceNames),
  attempts: z.int(),
  lastError: z.string().nullable(),
  since: instantText.describe("When what it tells of happened"),
  payload: z.record(z.string(), z.unknown()).describe("Ids of what it is about"),
  trace: z.string(),
});

const queueOf = (service: OwningService) =>
  endpoint({
    service,
    method: "GET",
    path: `/api/${service}/queue`,
    summary: "What waits in this service, and what no longer moves by itself.",
    access: ["operator"],
    answer: queue,
  });

const parkedOf = (service: OwningService) =>
  endpoint({
    service,
    method: "GET",
    path: `/api/${service}/parked-deliveries`,
    summary: "News that this service could not take in, with why, what has waited longest first.",
    access: ["operator"],
    query: z.object({
      event: z.string().trim().min(1).max(80).optional().describe("The whole name of an event"),
      ...pageQuery,
    }),
    answer: page(parkedDelivery),
  });

const retryOf = (service: OwningService) =>
  endpoint({
    service,
    method: "POST",
    path: `/api/${service}/parked-deliveries/retries`,
    summary:
      "Put parked news back, as if they had never failed: those named, or all of one event. What is not parked any more is left as it is.",
    access: ["operator"],
    body: z.union([
      z.strictObject({ deliveryIds: z.array(z.uuid()).min(1).max(100) }),
      z.strictObject({ event: z.string().trim().min(1).max(80).describe("The whole name of an event") }),
    ]),
    answer: z.object({ deliveries: z.int().describe("How many were put back") }),
  });

type OfEach<Of extends (service: OwningService) => unknown> = Record<OwningService, ReturnType<Of>>;

function ofEach<Made>(of: (service: OwningService) => Made): Record<OwningService, Made> {
  return Object.fromEntries(owningServices.map((service) => [service, of(service)])) as Record<
    OwningService,
    Made
  >;
}

/** By the service whose queue it is. */
export const readQueue: OfEach<typeof queueOf> = ofEach(queueOf);
export const listParked: OfEach<typeof parkedOf> = ofEach(parkedOf);
export const retryParked: OfEach<typeof retryOf> = ofEach(retryOf);

export const queueEndpoints = [readQueue, listParked, retryParked].flatMap((each) => Object.values(each));
