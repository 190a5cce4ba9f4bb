import {
  listAttention,
  readAttentionContact,
  replyToAttention,
  resolveAttention,
} from "@minka/contracts/notifications";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { listWaiting } from "./list-attention.ts";
import { readContact } from "./read-contact.ts";
import { replyToItem } from "./reply-to-item.ts";
import { resolveItem } from "./resolve-attention.ts";

export function attentionRoutes(app: App, kit: { db: Database; clock: Clock }): void {
  mountEndpoint(app, listAttention, async ({ query }) => listWaiting(kit, query));
  mountEndpoint(app, readAttentionContact, async ({ params }, context) => readContact(kit, context, params));
  mountEndpoint(app, replyToAttention, async ({ params, body }, context) =>
    replyToItem(kit, context, { ...params, ...body }),
  );
  mountEndpoint(app, resolveAttention, async ({ params, body }, context) =>
    resolveItem(kit, context, { ...params, ...body }),
  );
}
