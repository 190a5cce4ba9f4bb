import type { OfferTerms } from "@minka/contracts/catalog";
import type { Transaction } from "@minka/database/connect";
import { sql } from "drizzle-orm";
import { countedKeys, subjectsOf } from "../candidates/asked-keys.ts";
import { postings, supply } from "../tables.ts";
import { postingRows } from "./posting-rows.ts";

export type PostedOffer = {
  readonly id: string;
  readonly personId: string;
  readonly terms: OfferTerms;
  readonly coverage: readonly string[];
  readonly confirmedOn: string;
};

const rowsAStatement = 10_000;

/** Makes offers of a verified provider findable. The caller sees to it that each is posted once. */
export async function postOffers(tx: Transaction, posted: readonly PostedOffer[]): Promise<void> {
  let waiting: object[] = [];
  const counts = new Map<string, { kind: string; crop: string; subject: string; offers: number }>();
  const write = async () => {
    if (waiting.length === 0) return;
    // One parameter for all rows: many times faster than a parameter for each value.
    await tx.execute(sql`
      insert into ${postings} (area, kind, crop, distance_km, confirmed_on, offer_id, person_id, stretched, subject_bits)
      select * from jsonb_to_recordset(${JSON.stringify(waiting)}::jsonb) as row (area text, kind text, crop text,
        distance_km real, confirmed_on date, offer_id uuid, person_id uuid, stretched boolean, subject_bits int)`);
    waiting = [];
  };
  for (const { id, personId, terms, coverage, confirmedOn } of posted) {
    for (const { area, crop, distanceKm, stretched, subjectBits } of postingRows(terms, coverage)) {
      waiting.push({
        area,
        kind: terms.kind,
        crop,
        distance_km: distanceKm,
        confirmed_on: confirmedOn,
        offer_id: id,
        person_id: personId,
        stretched,
        subject_bits: subjectBits,
      });
      if (waiting.length >= rowsAStatement) await write();
    }
    for (const crop of countedKeys(terms.crops)) {
      for (const subject of countedKeys(subjectsOf(terms))) {
        const key = `${terms.kind}/${crop}/${subject}`;
        const counted = counts.get(key) ?? { kind: terms.kind, crop, subject, offers: 0 };
        counts.set(key, { ...counted, offers: counted.offers + 1 });
      }
    }
  }
  await write();
  if (counts.size === 0) return;
  // In one order everywhere, or two publications at once could wait for each other.
  const ordered = [...counts.keys()].sort((a, b) => (a < b ? -1 : 1)).flatMap((key) => counts.get(key) ?? []);
  await tx
    .insert(supply)
    .values(ordered)
    .onConflictDoUpdate({
      target: [supply.kind, supply.crop, supply.subject],
      set: { offers: sql`${supply.offers} + excluded.offers` },
    });
}
