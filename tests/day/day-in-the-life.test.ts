import { makeDemoData } from "@minka/platform/make-demo-data";
import postgres from "postgres";
import { expect, test } from "vitest";
import { startTwilioPlatform } from "../dialogue/twilio-line.ts";
import { createChance } from "./chance.ts";
import { createNetwork, someCoverage, type Handset } from "./network.ts";
import { findWrongs } from "./right-states.ts";
import { createVillager, type Villager } from "./villagers.ts";

const long = Boolean(process.env["MINKA_LONG"]);
const producers = long ? 500 : 40;
const providers = long ? 60 : 12;
const seed = Number(process.env["DAY_SEED"] ?? 7);
const stepMinutes = long ? 10 : 20;

/** From four in the morning in Lima until ten at night of the day after, when the visits are asked about. */
const begins = new Date("2026-11-24T09:00:00Z");
const clearsUp = new Date("2026-11-26T00:00:00Z");
const ends = new Date("2026-11-26T03:00:00Z");

test(`${producers} producers and ${providers} providers write through a day of bad coverage, and every conversation ends where a person would have it`, async () => {
  const platform = await startTwilioPlatform({
    environment: { TWILIO_SEGMENTS_PER_SECOND: "20" },
  });
  const owner = postgres(platform.database.ownerUrl, { max: 2, onnotice: () => {} });
  try {
    platform.clock.set(begins);
    const chance = createChance(seed);
    const network = createNetwork(platform, chance);
    const handsets = new Map<string, Handset>();
    const villagers: Villager[] = [];
    const settleIn = (number: string, role: Villager["role"]) => {
      const phone = network.handset(number, someCoverage(chance));
      handsets.set(number, phone);
      const wakes = new Date(begins.getTime() + chance.between(0, 14 * 60) * 60_000);
      villagers.push(createVillager(phone, role, { chance, begins: wakes }));
    };
    const demo = makeDemoData("demo");
    const providing = new Set(demo.providers.map(({ personId }) => personId));
    const phonesOf = (provides: boolean) =>
      demo.people.flatMap(({ id, phone }) => (phone && providing.has(id) === provides ? [phone] : []));
    // Everybody who may be asked has a phone; only some of them look at it.
    for (const [index, phone] of [...new Set(phonesOf(true))].entries()) {
      if (index < providers) settleIn(phone, "provider");
      else handsets.set(phone, network.handset(phone, [[0, 24]]));
    }
    const known = [...new Set(phonesOf(false))].slice(0, Math.floor(producers / 2));
    for (const phone of known) settleIn(phone, "producer");
    for (let index = known.length; index < producers; index += 1)
      settleIn(`+51903${String(index).padStart(6, "0")}`, "producer");

    while (platform.clock() < ends) {
      if (platform.clock() >= clearsUp) network.clearUp();
      else for (const villager of villagers) villager.live(platform.clock());
      await network.bringMessagesIn();
      await platform.settle();
      await network.carryMessagesOut();
      await platform.settle();
      platform.clock.advance({ minutes: stepMinutes });
    }
    await network.carryMessagesOut();
    await platform.settle();

    const written = villagers.reduce((sum, { phone }) => sum + phone.written.length, 0);
    expect(written).toBeGreaterThan(producers * 2);
    const wrongs = await findWrongs({ owner, now: platform.clock(), handsets });
    expect(wrongs, `${written} messages, seed ${seed}`).toEqual([]);
  } finally {
    await owner.end();
    await platform.stop();
    await platform.twilio.stop();
  }
}, 600_000);
