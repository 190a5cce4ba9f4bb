import type { Jobs } from "@minka/queue/worker";
import { defineService } from "@minka/service/define-service";
import { followDeliveryJob, followReceiptJob } from "./deliveries/follow-delivery.ts";
import { assumeReceiptJob } from "./deliveries/assume-receipt.ts";
import { poolJobs } from "./pools/pool-routes.ts";
import { followCreditJob } from "./credits/follow-credit.ts";
import { followKeptBackJob } from "./credits/kept-back.ts";
import { followEndorsementJob } from "./endorsements/follow-endorsement.ts";
import { lapseGuarantorJob } from "./group-guarantees/answer-guarantee.ts";
import { closeLotJob } from "./lots/change-lot.ts";
import { followLotJob } from "./lots/follow-lot.ts";
import { consentReactions } from "./reactions/consent-reactions.ts";
import { followPaymentJob } from "./payments/follow-payment.ts";
import { mountRoutes } from "./routes.ts";

export { loadPools } from "./pools/load-pools.ts";
export type { LoadedPool } from "./pools/load-pools.ts";

/** What scattered people get together: joint purchases, pooled harvest, credit that others vouch for. */
export const brokering = defineService({
  name: "brokering",
  migrations: new URL("../migrations/", import.meta.url),
  start: (kit) => ({
    routes: (app) => mountRoutes(app, kit),
    handlers: consentReactions(kit),
    jobs: {
      "follow-credit": followCreditJob(kit),
      "follow-payment": followPaymentJob(kit),
      "follow-kept-back": followKeptBackJob(kit),
      "follow-endorsement": followEndorsementJob(kit),
      "lapse-guarantor": lapseGuarantorJob(kit),
      ...poolJobs(kit),
      "close-lot": closeLotJob(kit),
      "follow-lot": followLotJob(kit),
      "assume-receipt": assumeReceiptJob(kit),
      "follow-delivery": followDeliveryJob(kit),
      "follow-receipt": followReceiptJob(kit),
    } satisfies Omit<Jobs<"brokering">, "handle-delivery">,
  }),
});
