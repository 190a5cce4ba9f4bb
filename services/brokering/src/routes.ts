import type { App } from "@minka/http/app";
import type { ServiceKit } from "@minka/service/define-service";
import { creditRoutes } from "./credits/credit-routes.ts";
import { decisionMakerRoutes } from "./decision-makers/decision-maker-routes.ts";
import { endorsementRoutes } from "./endorsements/endorsement-routes.ts";
import { guaranteeRoutes } from "./group-guarantees/guarantee-routes.ts";
import { deliveryRoutes } from "./deliveries/delivery-routes.ts";
import { demandRoutes } from "./demand/demand-routes.ts";
import { paymentRoutes } from "./payments/payment-routes.ts";
import { invitationRoutes } from "./invitations/invitation-routes.ts";
import { lotRoutes } from "./lots/lot-routes.ts";
import { personalDataRoutes } from "./personal-data/personal-data-routes.ts";
import { pledgeRoutes } from "./pledges/pledge-routes.ts";
import { reportRoutes } from "./pool-reports/report-routes.ts";
import { poolRoutes } from "./pools/pool-routes.ts";
import { tellingRoutes } from "./telling/telling-routes.ts";

export function mountRoutes(app: App, kit: ServiceKit): void {
  personalDataRoutes(app, kit);
  paymentRoutes(app, kit);
  deliveryRoutes(app, kit);
  reportRoutes(app, kit);
  demandRoutes(app, kit);
  // How people are asked SI or NO and told things by SMS: see telling/.
  tellingRoutes(app, kit);
  invitationRoutes(app, kit);
  poolRoutes(app, kit);
  lotRoutes(app, kit);
  pledgeRoutes(app, kit);
  creditRoutes(app, kit);
  endorsementRoutes(app, kit);
  guaranteeRoutes(app, kit);
  decisionMakerRoutes(app, kit);
}
