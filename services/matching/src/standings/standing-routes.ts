import { readEarnings } from "@minka/contracts/earnings";
import { readMonthLoad } from "@minka/contracts/month-loads";
import { readReputations, readStanding } from "@minka/contracts/standings";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { readEarnings as earnings } from "../earnings/read-earnings.ts";
import { readReputations as reputations } from "./read-reputations.ts";
import { readMonthLoad as monthLoad } from "../capacity/read-month-load.ts";
import { readStanding as standing } from "./read-standing.ts";

/** What a provider reads of itself, and what others may. */
export function standingRoutes(app: App, kit: Pick<ServiceKit, "db" | "clock" | "call">): void {
  mountEndpoint(app, readStanding, (input, context) => standing(kit, context, input));
  mountEndpoint(app, readReputations, (input) => reputations(kit.db, input));
  mountEndpoint(app, readMonthLoad, (input, context) => monthLoad(kit, context, input));
  mountEndpoint(app, readEarnings, (input, context) => earnings(kit, context, input));
}
