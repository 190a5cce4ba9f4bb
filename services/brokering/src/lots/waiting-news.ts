import { limaDay } from "@minka/domain/lima-time";
import { and, eq, inArray } from "@minka/database/query";
import { pledges } from "../pledges/pledges-tables.ts";
import type { NewsReader, Told } from "../telling/news.ts";
import { contractOf } from "./contract-sides.ts";
import { findLot } from "./lock-lot.ts";
import { lapsesAt, waitOf } from "./lot-waits.ts";
import { lotWords, partner, toEach } from "./lot-words.ts";

const texts = {
  signature: "lot_waits_signature",
  composition: "lot_waits_composition",
  "composition-decision": "lot_waits_decision",
  buyer: "lot_waits_buyer",
  delivery: "lot_waits_delivery",
  "delivery-answer": "lot_waits_answer",
  settlement: "lot_waits_settlement",
  "settlement-decision": "lot_waits_paying",
} as const;

/** To whoever keeps a lot waiting: for what. */
export const waitingNews: NewsReader = async ({ db, clock }, { id, personIds }) => {
  const lot = await findLot(db.read, id);
  const waiting = await waitOf(db.read, lot);
  // Done since.
  if (!waiting || waiting.for !== lot.waitsFor) return [];
  const contract = await contractOf(db.read, id);
  const lapses = limaDay(lapsesAt(lot, waiting.since, clock()));
  return personIds.flatMap((personId): Told[] => {
    const other = personId === contract?.buyerPersonId ? lot.organizerName : (contract?.buyerName ?? "");
    const parameters = {
      ...lotWords(lot),
      ...(waiting.for === "signature" ? { day: { as: "day", day: lapses } as const } : {}),
      ...(contract ? { partner: partner(other) } : {}),
    };
    return toEach([personId], { text: texts[waiting.for], parameters });
  });
};

/** To members: nobody has composed what they brought, and they may take it home. */
export const freeNews: NewsReader = async ({ db }, { id, personIds }) => {
  const lot = await findLot(db.read, id);
  if (lot.state !== "collecting") return [];
  const held = await db.read
    .selectDistinct({ personId: pledges.personId })
    .from(pledges)
    .where(and(eq(pledges.lotId, id), eq(pledges.state, "open"), inArray(pledges.personId, [...personIds])));
  return toEach(
    held.map(({ personId }) => personId),
    { text: "lot_free", parameters: lotWords(lot) },
  );
};
