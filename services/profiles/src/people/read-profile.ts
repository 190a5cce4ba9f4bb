import type { Actor } from "@minka/contracts/actor";
import type { Queries } from "@minka/database/connect";
import { crops } from "@minka/domain/vocabulary";
import { and, asc, desc, eq, isNull, ne } from "@minka/database/query";
import { deriveSizes } from "../seasons/derive-sizes.ts";
import { consents, people, phones, producerCrops } from "../tables.ts";
import { personUnknown, refuseOthers } from "./read-person.ts";

/** All that a person said of themself, for them and for operators; for who may be another of their phone less. */
export async function readProfile(queries: Queries, actor: Actor, personId: string) {
  refuseOthers(actor, personId);
  const [row] = await queries
    .select()
    .from(people)
    .where(and(eq(people.id, personId), ne(people.state, "erased")));
  if (!row || row.state === "erased") throw personUnknown();
  const reached = await queries
    .select({ phone: phones.phone })
    .from(phones)
    .where(eq(phones.personId, personId))
    .orderBy(desc(phones.usedAt), asc(phones.phone));
  const agreed = await queries
    .selectDistinct({ purpose: consents.purpose })
    .from(consents)
    .where(and(eq(consents.personId, personId), isNull(consents.withdrawnAt)))
    .orderBy(asc(consents.purpose));
  const withheld = actor.kind === "person" && actor.wordless === true && actor.personId === personId;
  return {
    profile: {
      id: row.id,
      state: row.state,
      name: row.name,
      dni: withheld ? null : row.dni,
      sex: row.sex,
      birthYear: withheld ? null : row.birthYear,
      language: row.language,
      districtCode: row.districtCode,
      locality: row.locality,
      contactHours:
        row.contactFromHour === null || row.contactToHour === null
          ? null
          : { from: row.contactFromHour, to: row.contactToHour },
      wallets: withheld ? [] : row.wallets,
      prefersWoman: row.prefersWoman,
      phones: reached.map(({ phone }) => phone),
      consents: agreed.map(({ purpose }) => purpose),
      withheld,
      crops: await readCrops(queries, personId),
      registeredAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    },
  };
}

/** What a person grows, with what each size class was derived from. */
async function readCrops(queries: Queries, personId: string) {
  const rows = await queries
    .select({ crop: producerCrops.crop, size: producerCrops.size })
    .from(producerCrops)
    .where(eq(producerCrops.personId, personId))
    .orderBy(asc(producerCrops.crop));
  const derived = await deriveSizes(queries, personId);
  return rows.flatMap(({ crop: name, size }) => {
    const crop = crops.find((known) => known === name);
    if (!crop) return [];
    const found = derived.get(crop)?.derived;
    const basis = found
      ? { year: found.year, kg: found.kg, state: found.state, conversions: [...found.conversions] }
      : null;
    return [{ crop, size, basis }];
  });
}
