import type { ServiceName } from "@minka/contracts/service-names";
import { migrateService } from "@minka/database/migrate";
import { provisionDatabase } from "@minka/database/provision";
import { prepareQueueTables } from "@minka/queue/prepare-postgres";
import type { ServiceDefinition } from "@minka/service/define-service";

/**
 * Everything between an empty database and services that can start: roles and schemas, the queue's tables,
 * each service's migrations. Run as the owner; on a database that is ready it changes nothing. Given up between two
 * services when `signal` is aborted: what is done by then is whole.
 */
export async function prepareDatabase(
  ownerUrl: string,
  services: readonly ServiceDefinition[],
  password: (service: ServiceName) => string,
  signal?: AbortSignal,
): Promise<void> {
  const names = services.map(({ name }) => name);
  await provisionDatabase(ownerUrl, { services: names, password });
  signal?.throwIfAborted();
  await prepareQueueTables(ownerUrl, names);
  for (const { name, migrations } of services) {
    signal?.throwIfAborted();
    if (migrations) await migrateService(ownerUrl, name, migrations);
  }
}
