import { countAudience, listAudience } from "@minka/contracts/audiences";
import type { Database } from "@minka/database/connect";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { countAudience as count, listAudience as list } from "./list-audience.ts";

export function audienceRoutes(app: App, { db }: { db: Database }): void {
  mountEndpoint(app, listAudience, ({ body }) => list(db.read, body));
  mountEndpoint(app, countAudience, ({ body }) => count(db.read, body));
}
