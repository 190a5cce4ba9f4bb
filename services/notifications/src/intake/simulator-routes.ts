import { simulatorRead, simulatorSend } from "@minka/contracts/notifications";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { keyReused } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import { isFromThisMachine } from "@minka/http/from-this-machine";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { SimulatorConfig } from "../config.ts";
import type { Gateway } from "../gateways/gateway.ts";
import type { Journal } from "./journal.ts";
import { readHistory } from "./read-history.ts";
import { receiveMessage } from "./receive-message.ts";

type Kit = {
  readonly db: Database;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly gateway: Gateway;
  readonly config: SimulatorConfig;
};

/** Phones that a person at this machine plays. Whoever reaches them reads every message, codes included. */
export function simulatorRoutes(app: App, { db, clock, journal, gateway, config }: Kit): void {
  app.addHook("onRequest", async (request) => {
    if (config.open || isFromThisMachine(request)) return;
    if ((await app.authenticate(request)).kind === "service") return;
    throw new DomainError(
      "forbidden",
      "simulator-loopback-only",
      "The simulator answers only this machine. SIMULATOR_PUBLIC=true opens it.",
    );
  });
  mountEndpoint(app, simulatorSend, async ({ body: { from, text } }, { trace, claim }) => {
    // A key does here what a gateway's own id does elsewhere.
    const externalId = claim?.scope ?? newId();
    const { id, sameText } = await receiveMessage(
      { clock, journal },
      { gateway, externalId, phone: from, text, trace },
    );
    if (!sameText) throw keyReused();
    return { id };
  });
  mountEndpoint(app, simulatorRead, async ({ query: { phone } }) => ({
    messages: await readHistory({ db, clock }, phone),
  }));
}
