import type { Wording, WordingValue } from "@minka/contracts/wordings";
import { and, eq, inArray } from "@minka/database/query";
import { findLot, pointsOf } from "../lots/lock-lot.ts";
import { lotWords, kg, name, toEach, unlessOver } from "../lots/lot-words.ts";
import { speakerOf } from "../telling/speaker.ts";
import type { Asking } from "../telling/asking.ts";
import type { NewsReader, Told } from "../telling/news.ts";
import { confirmPledge } from "./end-pledge.ts";
import { findPledge } from "./lock-pledge.ts";
import { qualityOf, receiptNumber } from "./pledge-view.ts";
import { pledges, receipts } from "./pledges-tables.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** Who is asked about what was written down for them has as long to say that it is not so. */
const askedMs = 3 * dayMs;

/** To a member: did you offer what somebody wrote down for you? */
export const pledgeAsking: Asking = {
  async readQuestion({ db }, id) {
    const pledge = await findPledge(db.read, id);
    if (pledge.state !== "open" || pledge.confirmed || pledge.weighedGrams !== null) return null;
    const lot = await findLot(db.read, pledge.lotId);
    return {
      personId: pledge.personId,
      version: String(pledge.grams),
      expiresAt: new Date(Math.max(pledge.pledgedAt.getTime() + askedMs, lot.pledgeUntil.getTime())),
      text: "pledge_ask",
      parameters: { ...lotWords(lot), kg: kg(pledge.grams) },
    };
  },
  answerQuestion: (kit, context, { id, personId, accepted, version }) =>
    unlessOver(async (): Promise<Wording> => {
      const speaking = speakerOf(context, personId);
      const { grams, state } = await confirmPledge(kit, speaking, {
        params: { pledgeId: id },
        body: { accepted, grams: version === undefined ? undefined : Number(version) },
      });
      return state === "open"
        ? { text: "pledge_yes", parameters: { kg: kg(grams) } }
        : { text: "pledge_no", parameters: {} };
    }),
};

/** Somebody withdrew what a member had offered. */
export const pledgeNews: NewsReader = async ({ db }, { id, personIds }) => {
  const pledge = await findPledge(db.read, id);
  if (pledge.state !== "withdrawn") return [];
  const words = lotWords(await findLot(db.read, pledge.lotId));
  return toEach(personIds, { text: "pledge_withdrawn", parameters: { ...words, kg: kg(pledge.grams) } });
};

/** What was left of theirs is in another lot now. */
export const carriedNews: NewsReader = async ({ db }, { id, personIds }) => {
  const pledge = await findPledge(db.read, id);
  if (pledge.state !== "open") return [];
  const words = lotWords(await findLot(db.read, pledge.lotId));
  return toEach(personIds, { text: "contribution_carried", parameters: { ...words, kg: kg(pledge.grams) } });
};

/** It is collected: where and when. */
export const collectingNews: NewsReader = async ({ db }, { id, personIds }) => {
  const lot = await findLot(db.read, id);
  if (lot.state !== "collecting") return [];
  const points = await pointsOf(db.read, id);
  const [only] = points.length === 1 ? points : [];
  const rows = await pledgesOf(db.read, id, personIds);
  return personIds.flatMap((personId): Told[] => {
    const own = rows.filter((row) => row.personId === personId);
    if (own.length === 0) return [];
    const grams = own.reduce((sum, row) => sum + row.grams, 0);
    const point = points.find((each) => own.some(({ pointId }) => pointId === each.id)) ?? only;
    const words = { ...lotWords(lot), kg: kg(grams) };
    const day: WordingValue = { as: "day", day: point?.collectsOn ?? lot.collectFrom };
    const until = new Date(Date.parse(`${lot.collectUntil}T23:00:00-05:00`));
    return toEach(
      [personId],
      point?.collectsOn
        ? { text: "lot_collecting", parameters: { ...words, point: name(point.name, 30), day } }
        : { text: "lot_collecting_from", parameters: { ...words, day } },
      { until },
    );
  });
};

function pledgesOf(queries: Parameters<typeof findLot>[0], lotId: string, personIds: readonly string[]) {
  return queries
    .select()
    .from(pledges)
    .where(
      and(eq(pledges.lotId, lotId), inArray(pledges.personId, [...personIds]), eq(pledges.state, "open")),
    );
}

/** A receipt, or the one that corrects it. */
export const weighedNews: NewsReader = async ({ db }, { id, personIds }) => {
  const [receipt] = await db.read.select().from(receipts).where(eq(receipts.id, id));
  if (!receipt || receipt.correctedAt !== null) return [];
  const { number, corrects, lotGrams } = receipt;
  const words = {
    ...lotWords(await findLot(db.read, receipt.lotId)),
    receipt: receiptNumber(number),
    kg: kg(lotGrams),
  };
  return toEach(
    personIds,
    corrects === null
      ? { text: "contribution_weighed", parameters: words }
      : { text: "contribution_corrected", parameters: { ...words, corrected: receiptNumber(corrects) } },
  );
};

/** What members ask about first. */
const measuresFirst = [
  "cadmiumMgPerKg",
  "moisturePercent",
  "fermentationPercent",
  "cupPoints",
  "defectsPercent",
] as const;
const units = {
  cadmiumMgPerKg: " mg/kg",
  moisturePercent: "%",
  fermentationPercent: "%",
  cupPoints: "",
  defectsPercent: "%",
} as const;
const textOf = ["contribution_measured", "contribution_measured_two", "contribution_measured_three"] as const;

/** What was measured of theirs: what holds now, the three that matter most. */
export const measuredNews: NewsReader = async ({ db }, { id, personIds }) => {
  const pledge = await findPledge(db.read, id);
  const quality = (await qualityOf(db.read, [id])).get(id) ?? {};
  const told = measuresFirst
    .flatMap((measure) => {
      const value = quality[measure];
      return value === undefined ? [] : [{ measure, value: `${value}${units[measure]}` }];
    })
    .slice(0, textOf.length);
  const text = textOf[told.length - 1];
  if (!text) return [];
  const parameters: Record<string, WordingValue> = lotWords(await findLot(db.read, pledge.lotId));
  for (const [index, { measure, value }] of told.entries()) {
    parameters[`measure_${index + 1}`] = { as: "word", group: "lot_measure", entry: measure };
    parameters[`value_${index + 1}`] = value;
  }
  return toEach(personIds, { text, parameters });
};

/** What of theirs is in the lot, and why the rest is not. */
export const decidedNews: NewsReader = async ({ db }, { id, personIds }) => {
  const lot = await findLot(db.read, id);
  const words = lotWords(lot);
  const rows = await pledgesOf(db.read, id, personIds);
  return rows.flatMap(({ personId, takenGrams, leftGrams, leftBecause }): Told[] => {
    if (takenGrams === null) return [];
    const why = {
      left_why: { as: "word", group: "lot_reason", entry: leftBecause?.code ?? "not-chosen" },
    } as const;
    const left = { left_kg: kg(leftGrams ?? 0), ...why };
    const taken = { kg: kg(takenGrams) };
    if (leftBecause?.code === "not-weighed")
      return toEach([personId], { text: "contribution_unweighed", parameters: { ...words, ...why } });
    if (takenGrams === 0)
      return toEach([personId], { text: "contribution_left", parameters: { ...words, ...left } });
    return toEach(
      [personId],
      (leftGrams ?? 0) > 0
        ? { text: "contribution_part", parameters: { ...words, ...taken, ...left } }
        : { text: "contribution_in", parameters: { ...words, ...taken } },
    );
  });
};
