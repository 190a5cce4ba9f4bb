import { exportMembers, membersImport as contracts } from "@minka/contracts/imports";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { importRoutes } from "@minka/imports/import-routes";
import { importJob } from "@minka/imports/run-import";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { RefusalKey } from "../invitations/refusals.ts";
import { refuseUnlessRole } from "../memberships/organization-rights.ts";
import { audit, idempotencyKeys } from "../tables.ts";
import { exportMembers as write } from "./export-members.ts";
import { imports } from "./imports-tables.ts";
import { membersImport } from "./members-import.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "log"> & { readonly key: RefusalKey };
type Settings = { readonly invitationsPerMinute: number };

const means = ({ db, clock }: Kit) => ({
  service: "profiles" as const,
  db,
  clock,
  imports,
  tables: { audit, idempotencyKeys },
});

/** Lists of members, in and out. */
export function memberFileRoutes(app: App, kit: Kit, settings: Settings): void {
  const { db } = kit;
  importRoutes(app, contracts, {
    ...means(kit),
    definition: membersImport({ ...settings, key: kit.key }),
    owner: "organizationId",
    authorize: (actor, organizationId) =>
      refuseUnlessRole(db.read, actor, organizationId, ["manager", "broker"]),
  });
  mountEndpoint(app, exportMembers, ({ params, query }, context) =>
    write(kit, context, { ...params, ...query }),
  );
}

/** The job `run-import`. */
export function memberImportJob(kit: Kit, settings: Settings): Job {
  return importJob({ ...means(kit), log: kit.log }, [membersImport({ ...settings, key: kit.key })]);
}
