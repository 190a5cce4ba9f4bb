import {
  approveBulletin,
  cancelBulletin,
  draftBulletin,
  listBulletins,
  readBulletin,
} from "@minka/contracts/bulletins";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { draftBulletin as draft } from "./draft-bulletin.ts";
import { listBulletins as list, readBulletin as read } from "./read-bulletins.ts";
import { approveBulletin as approve, cancelBulletin as cancel } from "./settle-bulletin.ts";

export function bulletinRoutes(app: App, kit: Pick<ServiceKit, "db" | "clock" | "call">): void {
  mountEndpoint(app, draftBulletin, (input, context) => draft(kit, context, input));
  mountEndpoint(app, listBulletins, ({ query }, context) => list(kit, context, query));
  mountEndpoint(app, readBulletin, ({ params }, context) => read(kit, context, params.bulletinId));
  mountEndpoint(app, approveBulletin, ({ params, body }, context) =>
    approve(kit, context, { ...params, ...body }),
  );
  mountEndpoint(app, cancelBulletin, ({ params }, context) => cancel(kit, context, params));
}
