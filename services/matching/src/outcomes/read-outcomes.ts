import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Outcomes, readOutcomes as contract } from "@minka/contracts/outcome-reports";
import type { ServiceKit } from "@minka/service/define-service";
import { countExposure } from "../fairness/count-exposure.ts";
import { periodOf } from "../fairness/read-fairness.ts";
import { countBroken } from "./count-broken.ts";
import { countByTraits } from "./count-by-traits.ts";
import { countPlans } from "./count-plans.ts";
import { countRequests } from "./count-requests.ts";
import { countSponsored } from "./count-sponsored.ts";
import { countVisits } from "./count-visits.ts";

/** All figures of a period, counted now. `period-wrong` (422). */
export async function readOutcomes(
  { db, call }: Pick<ServiceKit, "db" | "call">,
  days: HandlerInput<typeof contract>["query"],
  trace: string,
): Promise<Outcomes> {
  const period = periodOf(days);
  const [requests, traits, visits, { kinds }, plans, sponsorships, broken] = await Promise.all([
    countRequests(db, period),
    countByTraits({ db, call }, period, trace),
    countVisits(db, days),
    countExposure(db, period, 1),
    countPlans(db, days),
    countSponsored(db, days),
    countBroken(db),
  ]);
  const { from, until } = days;
  return { from, until, ...requests, ...traits, visits, exposure: kinds, plans, sponsorships, broken };
}
