import {
  brokeringPersonalData,
  catalogPersonalData,
  matchingPersonalData,
  notificationsPersonalData,
  type ErasureOrder,
} from "@minka/contracts/personal-data";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, desc, eq, inArray, isNull, lte } from "@minka/database/query";
import { people, phones } from "../tables.ts";
import { erasures } from "./personal-data-tables.ts";
import { splitPhones } from "./subject.ts";

/** While the person has still to be told, which takes as long as an SMS. */
const lookAgainMs = 60_000;
const firstWaitMs = 5_000;
const longestWaitMs = 10 * 60_000;

type Erasure = typeof erasures.$inferSelect;

/**
 * The job `erase-person`: has every other service erase the person, again and again until all have. Each does it
 * anew at every call and answers the same, so nothing is remembered between the calls but when they succeeded.
 */
export function erasePersonJob(kit: Pick<ServiceKit, "db" | "clock" | "call" | "log">): Job {
  const { db, clock, log } = kit;
  return {
    due: (limit) =>
      db.read
        .select({ id: erasures.id, trace: erasures.trace })
        .from(erasures)
        .where(and(isNull(erasures.doneAt), lte(erasures.dueAt, clock())))
        .orderBy(asc(erasures.dueAt))
        .limit(limit),
    async run(id) {
      const [erasure] = await db.read
        .select()
        .from(erasures)
        .where(and(eq(erasures.id, id), isNull(erasures.doneAt), lte(erasures.dueAt, clock())));
      if (!erasure) return;
      try {
        await eraseElsewhere(kit, erasure);
      } catch (error) {
        const wait = Math.min(firstWaitMs * 2 ** Math.min(erasure.attempts, 10), longestWaitMs);
        const dueAt = new Date(clock().getTime() + wait);
        await note(kit, erasure, { attempts: erasure.attempts + 1, dueAt });
        log.warn(
          { err: error, erasure: id, trace: erasure.trace },
          "erasure not complete; it is tried again",
        );
      }
    },
  };
}

async function eraseElsewhere(
  kit: Pick<ServiceKit, "db" | "clock" | "call">,
  erasure: Erasure,
): Promise<void> {
  const { db, clock, call } = kit;
  const { personId, trace } = erasure;
  const { details } = erasure;
  if (!details) throw new Error("an erasure that is not done has lost what it is about");
  const { phones: own, sharedPhones, names, documents, acquaintances, tell, refused } = details;
  // Somebody may have registered at the phone meanwhile: then what is there now is theirs.
  const reached = await splitPhones(db.read, personId, own);
  const order: ErasureOrder = {
    personId,
    phones: reached.phones,
    sharedPhones: [...sharedPhones, ...reached.sharedPhones],
    names,
    documents,
    askedAt: erasure.askedAt.toISOString(),
    tell,
    ...(refused ? { refused } : {}),
    acquaintances: [],
    providerIds: [],
  };
  const catalog = await call(catalogPersonalData.eraseData, { body: order }, { trace });
  await note(kit, erasure, { catalogAt: erasure.catalogAt ?? clock() });
  const { providerIds } = catalog;
  const matching = await call(matchingPersonalData.eraseData, { body: { ...order, providerIds } }, { trace });
  await note(kit, erasure, { matchingAt: erasure.matchingAt ?? clock() });
  const brokering = await call(
    brokeringPersonalData.eraseData,
    { body: { ...order, providerIds } },
    { trace },
  );
  await note(kit, erasure, { brokeringAt: erasure.brokeringAt ?? clock() });
  const known = [catalog, matching, brokering].flatMap((each) => each.acquaintances).concat(acquaintances);
  const body = { ...order, providerIds, acquaintances: await phonesOf(kit, known) };
  const { done } = await call(notificationsPersonalData.eraseData, { body }, { trace });
  const at = clock();
  await note(
    kit,
    erasure,
    done
      ? { notificationsAt: at, doneAt: at, details: null }
      : { dueAt: new Date(at.getTime() + lookAgainMs) },
  );
}

async function note(
  { db }: Pick<ServiceKit, "db">,
  { id }: Erasure,
  change: Partial<typeof erasures.$inferInsert>,
): Promise<void> {
  await db.read
    .update(erasures)
    .set(change)
    .where(and(eq(erasures.id, id), isNull(erasures.doneAt)));
}

const atATime = 1_000;

/** All phones of the people; of those who are erased themselves there are none. */
async function phonesOf({ db }: Pick<ServiceKit, "db">, personIds: readonly string[]) {
  const ids = [...new Set(personIds)];
  const found: { personId: string; phone: string }[] = [];
  for (let from = 0; from < ids.length; from += atATime) {
    found.push(
      ...(await db.read
        .select({ personId: phones.personId, phone: phones.phone })
        .from(phones)
        .innerJoin(people, eq(people.id, phones.personId))
        .where(inArray(phones.personId, ids.slice(from, from + atATime)))
        .orderBy(desc(phones.usedAt))),
    );
  }
  return found;
}
