import { readAudit as auditContract } from "@minka/contracts/audits";
import { listParked as listContract, readQueue as queueContract, retryParked } from "@minka/contracts/queues";
import { owningServices, type OwningService, type ServiceName } from "@minka/contracts/service-names";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Job } from "@minka/queue/worker";
import { readAudit } from "./read-audit.ts";
import { listParked, readQueue, retry } from "./queue.ts";

type Kit = {
  readonly service: OwningService;
  readonly db: Database;
  readonly clock: Clock;
  readonly jobs: Readonly<Record<string, Job>>;
};

export function isOwning(service: ServiceName): service is OwningService {
  return owningServices.some((owning) => owning === service);
}

/** What operators are shown of every service that owns data, and may do there: its audit, and what waits in it. */
export function deskRoutes(app: App, kit: Kit): void {
  const { service, db } = kit;
  mountEndpoint(app, auditContract[service], async ({ query }) => readAudit(db, service, query));
  mountEndpoint(app, queueContract[service], async () => readQueue(kit));
  mountEndpoint(app, listContract[service], async ({ query }) => listParked(kit, query));
  mountEndpoint(app, retryParked[service], async ({ body }, context) => retry(kit, context, body));
}
