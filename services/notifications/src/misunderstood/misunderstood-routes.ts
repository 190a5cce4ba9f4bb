import {
  correctMisunderstood,
  dismissMisunderstood,
  exportMisunderstood,
  listMisunderstood,
} from "@minka/contracts/misunderstood";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { exportMisunderstood as write } from "./export-misunderstood.ts";
import { listMisunderstood as list } from "./list-misunderstood.ts";
import { correct, dismiss } from "./settle-misunderstood.ts";

export function misunderstoodRoutes(app: App, kit: Pick<ServiceKit, "db" | "clock">): void {
  mountEndpoint(app, listMisunderstood, ({ query }) => list(kit, query));
  mountEndpoint(app, exportMisunderstood, ({ query }, context) => write(kit, context, query));
  mountEndpoint(app, correctMisunderstood, ({ params, body }, context) =>
    correct(kit, context, { ...params, ...body }),
  );
  mountEndpoint(app, dismissMisunderstood, ({ params }, context) => dismiss(kit, context, params));
}
