import { lanes } from "@minka/contracts/channels";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Gauge } from "@minka/http/metrics";
import type { Gateway } from "../gateways/gateway.ts";
import { isUp } from "./channel-state.ts";
import { readChannels } from "./channels.ts";
import { countInDoubt, readWaiting } from "./list-channels.ts";

export type AttemptCounts = {
  count(gateway: string, outcome: string): void;
  readonly all: () => readonly { gateway: string; outcome: string; attempts: number }[];
};

/** What came of the attempts that this process made. */
export function countAttempts(): AttemptCounts {
  const counts = new Map<string, { gateway: string; outcome: string; attempts: number }>();
  return {
    count(gateway, outcome) {
      const key = `${gateway} ${outcome}`;
      const known = counts.get(key) ?? { gateway, outcome, attempts: 0 };
      counts.set(key, { ...known, attempts: known.attempts + 1 });
    },
    all: () => [...counts.values()],
  };
}

type Kit = {
  readonly db: Database;
  readonly clock: Clock;
  readonly gateways: readonly Gateway[];
  readonly counts: AttemptCounts;
};

/** What leaves, what waits and for how long, by gateway and by lane; never by phone. */
export function sendingGauges({ db, clock, gateways, counts }: Kit): readonly Gauge[] {
  return [
    {
      name: "minka_sms_attempts",
      help: "Attempts of this process since it started",
      labels: ["gateway", "outcome"],
      read: async () => counts.all().map(({ attempts: value, ...labels }) => ({ labels, value })),
    },
    {
      name: "minka_sms_waiting",
      help: "Messages that could have left by now",
      labels: ["lane"],
      read: async () => {
        const waiting = await readWaiting(db, clock());
        return lanes.map((lane) => ({ labels: { lane }, value: waiting.get(lane)?.messages ?? 0 }));
      },
    },
    {
      name: "minka_sms_oldest_waiting_seconds",
      help: "For how long the oldest of them could have left",
      labels: ["lane"],
      read: async () => {
        const now = clock();
        const waiting = await readWaiting(db, now);
        return lanes.map((lane) => {
          const since = waiting.get(lane)?.oldest ?? now;
          return { labels: { lane }, value: (now.getTime() - since.getTime()) / 1000 };
        });
      },
    },
    {
      name: "minka_sms_in_doubt",
      help: "Messages of which nobody knows yet whether a gateway took them",
      read: () => countInDoubt(db),
    },
    {
      name: "minka_sms_gateway_up",
      help: "Whether a gateway is used at the moment",
      labels: ["gateway"],
      read: async () => {
        const channels = await readChannels(db.read);
        return gateways.map((gateway) => ({
          labels: { gateway: gateway.name },
          value: isUp(gateway, channels.get(gateway.name), clock()) ? 1 : 0,
        }));
      },
    },
  ];
}
