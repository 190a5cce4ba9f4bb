import { listAttention, resolveAttention } from "@minka/contracts/notifications";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { listWaiting } from "./list-attention.ts";
import { resolveItem } from "./resolve-attention.ts";

export function attentionRoutes(app: App, kit: { db: Database; clock: Clock }): void {
  mountEndpoint(app, listAttention, async ({ query }) => listWaiting(kit, query));
  mountEndpoint(app, resolveAttention, async ({ params, body }, context) =>
    resolveItem(kit, context, { ...params, ...body }),
  );
}
