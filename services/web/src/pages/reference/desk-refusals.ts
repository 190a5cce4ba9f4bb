import { owningServices } from "@minka/contracts/service-names";

const page = ["422 cursor-wrong"];

/** Of what operators see and do alike in every service, as `refusals` has them. */
export const deskRefusals: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
  ...owningServices.flatMap((service) => [
    [`GET /api/${service}/audit`, page],
    [`GET /api/${service}/queue`, []],
    [`POST /api/${service}/parked-deliveries/retries`, []],
    [`GET /api/${service}/parked-deliveries`, page],
  ]),
  ["GET /api/catalog/freshness", page],
  ["GET /api/profiles/organization-records", page],
  ["POST /api/profiles/operators", ["404 person-unknown", "409 phone-shared", "409 phone-unknown"]],
  ["GET /api/matching/coverage", ["422 period-wrong"]],
  ["GET /api/matching/served", ["422 period-wrong"]],
  ["GET /api/notifications/message-costs", ["422 period-wrong"]],
]);
