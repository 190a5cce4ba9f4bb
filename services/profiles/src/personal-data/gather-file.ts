import {
  brokeringPersonalData,
  catalogPersonalData,
  matchingPersonalData,
  notificationsPersonalData,
  type PersonalFile,
  type Subject,
} from "@minka/contracts/personal-data";
import type { Database } from "@minka/database/connect";
import { showHoldings } from "@minka/database/holdings";
import type { Clock } from "@minka/domain/clock";
import type { Caller } from "@minka/http/caller";
import { personUnknown } from "../people/read-person.ts";
import { ownHoldings } from "./own-holdings.ts";
import { readSubject } from "./subject.ts";

export type GatherKit = { readonly db: Database; readonly clock: Clock; readonly call: Caller };

/** The person's file, made now: what each service holds. Without one of them there is none, rather than a part. */
export async function gatherFile(
  { db, clock, call }: GatherKit,
  personId: string,
  trace: string,
): Promise<PersonalFile> {
  const found = await readSubject(db.read, personId);
  if (!found) throw personUnknown();
  const { state: _, ...who } = found;
  const body: Subject = who;
  const [profiles, catalog, matching, brokering, notifications] = await Promise.all([
    showHoldings(db.read, ownHoldings, who),
    call(catalogPersonalData.exportData, { body }, { trace }),
    call(matchingPersonalData.exportData, { body }, { trace }),
    call(brokeringPersonalData.exportData, { body }, { trace }),
    call(notificationsPersonalData.exportData, { body }, { trace }),
  ]);
  return {
    generatedAt: clock().toISOString(),
    person: { id: personId, name: who.names[0] ?? null },
    sections: {
      profiles,
      catalog: catalog.sections,
      matching: matching.sections,
      brokering: brokering.sections,
      notifications: notifications.sections,
    },
  };
}
