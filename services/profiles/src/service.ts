import { findOrganizations } from "@minka/contracts/profiles";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { readConfig } from "./config.ts";
import { appointOperators } from "./operators/appoint-operators.ts";
import { findOrganizations as find } from "./organizations/find-organizations.ts";
import { peopleRoutes } from "./people/people-routes.ts";
import { signInRoutes } from "./sign-in/sign-in-routes.ts";
import { openSigningKey } from "./sign-in/signing-key.ts";

export { loadOrganizations } from "./organizations/load-organizations.ts";
export type { MembershipRow, OrganizationRow } from "./organizations/load-organizations.ts";
export { importState, loadPeople } from "./people/load-people.ts";
export type { PersonRow } from "./people/load-people.ts";

export const profiles = defineService({
  name: "profiles",
  migrations: new URL("../migrations/", import.meta.url),
  async start({ db, clock, call, environment }) {
    const config = readConfig(environment);
    const key = await openSigningKey(config);
    await appointOperators({ db, clock }, config.operatorPhones);
    const sending = new Set<Promise<void>>();
    return {
      routes(app) {
        peopleRoutes(app, { db, clock });
        mountEndpoint(app, findOrganizations, ({ query }) => find(db.read, query));
        signInRoutes(app, { db, clock, call, key, sending });
      },
      async close() {
        await Promise.all(sending);
      },
    };
  },
});
