import {
  openDataFile,
  readDataFile,
  readErasure,
  readPersonalData,
  requestErasure,
} from "@minka/contracts/personal-data";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { openDataFile as open, readDataFile as readFile } from "./data-files.ts";
import type { GatherKit } from "./gather-file.ts";
import { readErasure as readOne } from "./read-erasure.ts";
import { readPersonalData as read } from "./read-personal-data.ts";
import { requestErasure as request } from "./request-erasure.ts";

export function personalDataRoutes(app: App, kit: GatherKit): void {
  mountEndpoint(app, readPersonalData, (input, context) => read(kit, context, input));
  mountEndpoint(app, openDataFile, ({ params }, context) => open(kit, context, params.personId));
  mountEndpoint(app, readDataFile, ({ params }, context) => readFile(kit, context, params.token));
  mountEndpoint(app, requestErasure, (input, context) => request(kit, context, input));
  mountEndpoint(app, readErasure, ({ params }) => readOne(kit.db.read, params.erasureId));
}
