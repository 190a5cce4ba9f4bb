import {
  handBackConversation,
  listConversations,
  openConversation,
  takeOverConversation,
  writeInConversation,
} from "@minka/contracts/conversations";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { handBack } from "./hand-back.ts";
import { listConversations as list } from "./list-conversations.ts";
import { openConversation as open } from "./open-conversation.ts";
import { takeOver } from "./take-over.ts";
import { writeInConversation as write } from "./write-in-conversation.ts";

export function deskRoutes(app: App, kit: Pick<ServiceKit, "db" | "clock" | "call" | "environment">): void {
  mountEndpoint(app, listConversations, ({ query }, { actor }) => list(kit, actor, query));
  mountEndpoint(app, openConversation, ({ params, query }, context) =>
    open(kit, context, { ...params, ...query }),
  );
  mountEndpoint(app, takeOverConversation, ({ params }, context) => takeOver(kit, context, params));
  mountEndpoint(app, writeInConversation, ({ params, body }, context) =>
    write(kit, context, { ...params, ...body }),
  );
  mountEndpoint(app, handBackConversation, ({ params, body }, context) =>
    handBack(kit, context, { ...params, ...body }),
  );
}
