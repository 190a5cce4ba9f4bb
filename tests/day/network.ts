import { randomUUID } from "node:crypto";
import type { TwilioMessage } from "@minka/test-kit/fake-twilio";
import { deliver, inbound, type TwilioPlatform } from "../dialogue/twilio-line.ts";
import type { Chance } from "./chance.ts";

type Heard = { readonly text: string; readonly at: Date };
type Written = { readonly text: string; readonly at: Date; readonly id: string };

/** A phone in the hills: what it wrote waits in it, what it is sent waits in the network, until there is signal. */
export type Handset = {
  readonly number: string;
  readonly heard: Heard[];
  readonly written: Written[];
  /** Writes a message, which leaves when there is signal. */
  write(text: string): void;
};

/** From hour to hour of the day in Lima, [from, to). */
type Coverage = readonly (readonly [number, number])[];

/** How long the network keeps a message for a phone without signal, before it says that it is off. */
const keptMs = 2 * 60 * 60 * 1000;

type Line = Handset & {
  readonly coverage: Coverage;
  readonly toSend: Written[];
};
type InTheAir = { readonly message: TwilioMessage; readonly since: Date; readonly keeps: boolean };

/**
 * The operator's network between the phones and the gateway, on a bad day: no signal for hours, messages twice, in
 * the wrong order, and phones of which the gateway hears only that they are off.
 */
export function createNetwork(platform: TwilioPlatform, chance: Chance) {
  const lines = new Map<string, Line>();
  let carried = 0;
  let inTheAir: InTheAir[] = [];
  let everywhere = false;

  function hasSignal({ coverage }: Line): boolean {
    const now = platform.clock();
    const hour = ((now.getTime() / 3_600_000) % 24) - 5;
    const ofLima = hour < 0 ? hour + 24 : hour;
    return everywhere || coverage.some(([from, to]) => ofLima >= from && ofLima < to);
  }

  async function bringIn(line: Line): Promise<void> {
    const waiting = line.toSend.splice(0);
    // Two that wait together may overtake each other.
    if (waiting.length > 1 && chance.happens(0.1)) waiting.reverse();
    for (const { text, id } of waiting) {
      const call = inbound(line.number, text, id);
      const times = chance.happens(0.05) ? 2 : 1;
      for (let time = 0; time < times; time += 1) await deliver(platform, call);
    }
  }

  async function report(message: TwilioMessage, status: string, errorCode?: number): Promise<void> {
    await deliver(platform, platform.twilio.report(message, status, errorCode ? { errorCode } : {}));
  }

  async function carryOut({ message, since, keeps }: InTheAir): Promise<boolean> {
    const line = lines.get(message.to);
    if (!line) return true;
    if (hasSignal(line)) {
      line.heard.push({ text: message.body, at: platform.clock() });
      // Peru's operators often give no handset receipts.
      const statuses = chance.happens(0.6) ? ["sent", "delivered"] : ["sent"];
      if (chance.happens(0.2)) statuses.reverse();
      if (chance.happens(0.1)) statuses.push("sent");
      for (const status of statuses) await report(message, status);
      return true;
    }
    const waited = platform.clock().getTime() - since.getTime();
    if (keeps && waited < keptMs) return false;
    await report(message, "undelivered", 30_003);
    return true;
  }

  return {
    /** A phone with signal in these hours of the day only. */
    handset(number: string, coverage: Coverage): Handset {
      const line: Line = {
        number,
        coverage,
        heard: [],
        written: [],
        toSend: [],
        write(text) {
          const message = { text, at: platform.clock(), id: randomUUID() };
          line.written.push(message);
          line.toSend.push(message);
        },
      };
      lines.set(number, line);
      return line;
    },
    /** What phones with signal have written reaches Minka. */
    async bringMessagesIn(): Promise<void> {
      for (const line of lines.values()) if (line.toSend.length > 0 && hasSignal(line)) await bringIn(line);
    },
    /** What Minka has sent reaches phones with signal, and Minka hears how it fared. */
    async carryMessagesOut(): Promise<void> {
      const fresh = platform.twilio.accepted.slice(carried);
      carried += fresh.length;
      const since = platform.clock();
      inTheAir.push(...fresh.map((message) => ({ message, since, keeps: chance.happens(0.5) })));
      const left: InTheAir[] = [];
      for (const one of inTheAir) if (!(await carryOut(one))) left.push(one);
      inTheAir = left;
    },
    /** The weather clears: every phone has signal from now on. */
    clearUp(): void {
      everywhere = true;
    },
    /** How many messages are neither here nor there. */
    waiting: () => inTheAir.length + [...lines.values()].reduce((sum, { toSend }) => sum + toSend.length, 0),
  };
}

/** A few places have signal all day, most come and go, some have it at dawn and dusk on a hill. */
export function someCoverage(chance: Chance): Coverage {
  const kind = chance.next();
  if (kind < 0.25) return [[0, 24]];
  if (kind < 0.5) {
    return [
      [5, 7],
      [17, 20],
    ];
  }
  const hours: [number, number][] = [];
  for (let hour = 4; hour < 22;) {
    const on = chance.between(1, 3);
    hours.push([hour, hour + on]);
    hour += on + chance.between(1, 4);
  }
  return hours;
}
