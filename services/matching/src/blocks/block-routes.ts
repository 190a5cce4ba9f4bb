import * as contract from "@minka/contracts/blocks";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { blockPair, unblockPair } from "./block-pair.ts";
import { listBlocks } from "./list-blocks.ts";

export function blockRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.blockPair, (input, context) => blockPair(kit, context, input));
  mountEndpoint(app, contract.unblockPair, (input, context) => unblockPair(kit, context, input));
  mountEndpoint(app, contract.listBlocks, ({ query }, { actor }) => listBlocks(kit.db, actor, query));
}
