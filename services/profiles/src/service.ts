import { defineService } from "@minka/service/define-service";
import { audienceRoutes } from "./audiences/audience-routes.ts";
import { certificateRoutes } from "./certificates/certificate-routes.ts";
import { readConfig } from "./config.ts";
import { confirmationRoutes } from "./confirmations/confirmation-routes.ts";
import { consentRoutes } from "./consents/consent-routes.ts";
import { actingRoutes } from "./acting/acting-routes.ts";
import { expireRegistrationJob } from "./acting/expire-registration.ts";
import { errandRoutes } from "./errands/errand-routes.ts";
import { expireErrandJob } from "./errands/expire-errand.ts";
import { memberFileRoutes, memberImportJob } from "./imports/import-routes.ts";
import { expireInvitationJob } from "./invitations/expire-invitation.ts";
import { invitationRoutes } from "./invitations/invitation-routes.ts";
import { sendInvitationJob } from "./invitations/send-invitation.ts";
import { expireMembershipJob } from "./memberships/expire-membership.ts";
import { membershipRoutes } from "./memberships/membership-routes.ts";
import { appointFirstOperators } from "./operators/appoint-first-operators.ts";
import { operatorRoutes } from "./operators/operator-routes.ts";
import { organizationRoutes } from "./organizations/organization-routes.ts";
import { peopleRoutes } from "./people/people-routes.ts";
import { plotRoutes } from "./plots/plot-routes.ts";
import { seasonRoutes } from "./seasons/season-routes.ts";
import { sharedPhoneRoutes } from "./shared-phones/shared-phone-routes.ts";
import { erasePersonJob } from "./personal-data/erase-person.ts";
import { personalDataRoutes } from "./personal-data/personal-data-routes.ts";
import { signInRoutes } from "./sign-in/sign-in-routes.ts";
import { openSigningKey } from "./sign-in/signing-key.ts";

export { loadOrganizations } from "./organizations/load-organizations.ts";
export type { BoardSeatRow, MembershipRow, OrganizationRow } from "./organizations/load-organizations.ts";
export { importState, loadPeople } from "./people/load-people.ts";
export type { PersonRow } from "./people/load-people.ts";
export { loadPlots } from "./plots/load-plots.ts";
export type { PlotRow } from "./plots/load-plots.ts";

export const profiles = defineService({
  name: "profiles",
  migrations: new URL("../migrations/", import.meta.url),
  async start({ db, clock, call, log, afterAnswer, environment }) {
    const config = readConfig(environment);
    const key = await openSigningKey(config);
    await appointFirstOperators({ db, clock }, config.operatorPhones);
    return {
      routes(app) {
        personalDataRoutes(app, { db, clock, call });
        peopleRoutes(app, { db, clock });
        audienceRoutes(app, { db });
        consentRoutes(app, { db, clock });
        plotRoutes(app, { db, clock });
        seasonRoutes(app, { db, clock });
        certificateRoutes(app, { db, clock });
        sharedPhoneRoutes(app, { db, clock, key });
        organizationRoutes(app, { db, clock, key });
        membershipRoutes(app, { db, clock, key });
        confirmationRoutes(app, { db, clock, key });
        memberFileRoutes(app, { db, clock, log, key }, config);
        invitationRoutes(app, { db, clock });
        signInRoutes(app, { db, clock, call, key, limits: config.addressLimits, afterAnswer });
        operatorRoutes(app, { db, clock });
        actingRoutes(app, { db, clock, key });
        errandRoutes(app, { db, clock, call, key });
      },
      jobs: {
        "expire-membership": expireMembershipJob({ db, clock }),
        "run-import": memberImportJob({ db, clock, log, key }, config),
        "send-invitation": sendInvitationJob({ db, clock }),
        "expire-invitation": expireInvitationJob({ db, clock }),
        "expire-registration": expireRegistrationJob({ db, clock }),
        "expire-errand": expireErrandJob({ db, clock }),
        "erase-person": erasePersonJob({ db, clock, call, log }),
      },
    };
  },
});
