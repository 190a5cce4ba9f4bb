import * as awards from "@minka/contracts/pool-awards";
import * as orders from "@minka/contracts/pool-orders";
import * as quotes from "@minka/contracts/pool-quotes";
import * as contract from "@minka/contracts/pools";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Jobs } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import { answerOrder } from "./answer-order.ts";
import { answerSupply } from "./answer-supply.ts";
import { approveAward } from "./approve-award.ts";
import { cancelPool, decidePool } from "./cancel-pool.ts";
import { changeOrder, leaveOrder } from "./change-order.ts";
import { closePoolJob } from "./close-pool.ts";
import { endAnswersJob } from "./end-answers.ts";
import { invitePeopleJob } from "./invite-people.ts";
import { inviteSupplier, listSuppliers } from "./invite-supplier.ts";
import { inviteSuppliersJob } from "./invite-suppliers.ts";
import { joinPool } from "./join-pool.ts";
import { listJoinable, listOrders, listOwnOrders, listPools } from "./list-pools.ts";
import { listProviderPools } from "./list-provider-pools.ts";
import { tellPriceJob } from "./notice-price.ts";
import { openPool } from "./open-pool.ts";
import { readPool } from "./pool-view.ts";
import { listQuotes, quotePool } from "./quote-pool.ts";
import { listAwards, readAward } from "./read-award.ts";
import { readOrder } from "./read-order.ts";
import { sendBackAward } from "./send-back-award.ts";

export function poolRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.openPool, (input, context) => openPool(kit, context, input));
  mountEndpoint(app, contract.listPools, (input, context) => listPools(kit, context, input));
  mountEndpoint(app, contract.readPool, (input, context) => readPool(kit, context, input));
  mountEndpoint(app, contract.cancelPool, (input, context) => cancelPool(kit, context, input));
  mountEndpoint(app, contract.decidePool, (input, context) => decidePool(kit, context, input));

  mountEndpoint(app, orders.joinPool, (input, context) => joinPool(kit, context, input));
  mountEndpoint(app, orders.changeOrder, (input, context) => changeOrder(kit, context, input));
  mountEndpoint(app, orders.leavePool, (input, context) => leaveOrder(kit, context, input));
  mountEndpoint(app, orders.answerPoolOrder, (input, context) => answerOrder(kit, context, input));
  mountEndpoint(app, orders.readPoolOrder, ({ params }, context) => readOrder(kit, context, params.orderId));
  mountEndpoint(app, orders.listPoolOrders, (input, context) => listOrders(kit, context, input));
  mountEndpoint(app, orders.listOwnPoolOrders, (input, context) => listOwnOrders(kit, context, input));
  mountEndpoint(app, orders.listJoinablePools, (input, context) => listJoinable(kit, context, input));

  mountEndpoint(app, quotes.quotePool, (input, context) => quotePool(kit, context, input));
  mountEndpoint(app, quotes.listPoolQuotes, (input, context) => listQuotes(kit, context, input));
  mountEndpoint(app, quotes.inviteSupplier, (input, context) => inviteSupplier(kit, context, input));
  mountEndpoint(app, quotes.listPoolSuppliers, ({ params }, context) =>
    listSuppliers(kit, context, params.poolId),
  );
  mountEndpoint(app, quotes.listProviderPools, (input, context) => listProviderPools(kit, context, input));

  mountEndpoint(app, awards.listPoolAwards, ({ params }, context) => listAwards(kit, context, params.poolId));
  mountEndpoint(app, awards.readPoolAward, ({ params }, context) => readAward(kit, context, params.awardId));
  mountEndpoint(app, awards.approvePoolAward, ({ params }, context) =>
    approveAward(kit, context, params.awardId),
  );
  mountEndpoint(app, awards.sendBackPoolAward, (input, context) => sendBackAward(kit, context, input));
  mountEndpoint(app, awards.answerSupply, (input, context) => answerSupply(kit, context, input));
}

export function poolJobs(kit: ServiceKit) {
  return {
    "invite-suppliers": inviteSuppliersJob(kit),
    "invite-people": invitePeopleJob(kit),
    "tell-price": tellPriceJob(kit),
    "close-pool": closePoolJob(kit),
    "end-pool-answers": endAnswersJob(kit),
  } satisfies Partial<Jobs<"brokering">>;
}
