import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Wallet } from "@minka/domain/vocabulary";
import { findDistrict } from "@minka/geography/districts";
import { eq } from "@minka/database/query";
import { audit, consents, organizations, people, phones, producerCrops } from "../tables.ts";

/** A person as an import or the demo data gives it. Districts are INEI codes, phones E.164. */
export type PersonRow = {
  readonly id: string;
  readonly name: string;
  readonly districtCode: string;
  readonly sex: "f" | "m" | null;
  readonly birthYear: number | null;
  readonly phone: string;
  /** Version of the text they agreed to; null for who has not agreed yet, who is invited. */
  readonly consentVersion: string | null;
  readonly locality?: string | null;
  /** Whole hours in Lima. */
  readonly contactHours?: { readonly from: number; readonly to: number } | null;
  readonly wallets?: readonly Wallet[];
  /** For producers: crops with last season's size class. */
  readonly crops: readonly { readonly crop: string; readonly size: "small" | "medium" | "large" }[];
};

export type LoadOptions = {
  readonly at: Date;
  /** Called after each committed batch. */
  readonly onProgress?: (loaded: number, total: number) => void;
};

const batchSize = 1_000;

/**
 * The way initial data comes in: rows that were checked elsewhere, a thousand to a transaction. A person
 * whose id is known is left as they are, so a load that broke off can be run again.
 */
export async function loadPeople(
  db: Database,
  rows: readonly PersonRow[],
  { at, onProgress }: LoadOptions,
): Promise<void> {
  const strange = rows.find(({ districtCode }) => !findDistrict(districtCode));
  if (strange) throw new Error(`Person ${strange.id}: ${strange.districtCode} is not a district`);
  for (let start = 0; start < rows.length; start += batchSize) {
    await loadBatch(db, rows.slice(start, start + batchSize), at);
    onProgress?.(Math.min(start + batchSize, rows.length), rows.length);
  }
}

async function loadBatch(db: Database, rows: readonly PersonRow[], at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const added = await tx
      .insert(people)
      .values(
        rows.map(
          ({ id, name, districtCode, sex, birthYear, locality, contactHours, wallets, consentVersion }) => ({
            id,
            name,
            districtCode,
            sex,
            birthYear,
            state: consentVersion === null ? ("invited" as const) : ("active" as const),
            locality: locality ?? null,
            contactFromHour: contactHours?.from ?? null,
            contactToHour: contactHours?.to ?? null,
            wallets: [...(wallets ?? [])],
            createdAt: at,
            updatedAt: at,
          }),
        ),
      )
      .onConflictDoNothing()
      .returning({ id: people.id });
    const isNew = new Set(added.map(({ id }) => id));
    const fresh = rows.filter(({ id }) => isNew.has(id));
    if (fresh.length === 0) return;
    await tx
      .insert(phones)
      .values(fresh.map(({ id, phone }) => ({ phone, personId: id, linkedAt: at, usedAt: at })));
    const agreed = fresh.flatMap(({ id, consentVersion }) =>
      consentVersion === null ? [] : [{ personId: id, version: consentVersion }],
    );
    if (agreed.length > 0) {
      await tx.insert(consents).values(
        agreed.map((consent) => ({
          ...consent,
          id: newId(),
          purpose: "service" as const,
          channel: "import" as const,
          givenAt: at,
        })),
      );
    }
    const grown = fresh.flatMap(({ id, crops }) => crops.map((crop) => ({ personId: id, ...crop })));
    if (grown.length > 0) await tx.insert(producerCrops).values(grown);
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: "service:profiles",
      action: "people.import",
      subject: `${fresh.length} people`,
      trace: "import",
    });
  });
}

/**
 * How far an import came that loads this person first and this organization last: not begun, broken off,
 * complete; or not to begin, because other people have agreed to be here.
 */
export async function importState(
  db: Database,
  { personId, organizationId }: { personId: string; organizationId: string },
): Promise<"empty" | "begun" | "complete" | "others"> {
  const [last] = await db.read.select().from(organizations).where(eq(organizations.id, organizationId));
  if (last) return "complete";
  const [first] = await db.read.select().from(people).where(eq(people.id, personId));
  if (first) return "begun";
  const [anybody] = await db.read.select({ id: consents.id }).from(consents).limit(1);
  return anybody ? "others" : "empty";
}
