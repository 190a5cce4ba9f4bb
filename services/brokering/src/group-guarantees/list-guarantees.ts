import { refuseWordless } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listGuarantees as contract } from "@minka/contracts/group-guarantees";
import { contactCards } from "@minka/contracts/profiles";
import type { Context } from "@minka/service/act";
import { and, desc, eq, lt } from "@minka/database/query";
import { refuseUnlessThemself } from "../authority.ts";
import { credits } from "../credits/credits-tables.ts";
import { cursorOf } from "../credits/cursor.ts";
import { speakerOf, type Calling } from "../credits/speaker.ts";
import { guarantees, guarantors } from "./group-guarantees-tables.ts";

/** What a person answers for or is asked to, the newest first. `not-yours`, `word-needed` (403). */
export async function listGuarantees(
  { db, call }: Calling,
  context: Context,
  { query: { personId: asked, cursor, limit } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const speaker = speakerOf(context, asked);
  const personId = asked ?? speaker.personId;
  refuseUnlessThemself(speaker, personId);
  refuseWordless(speaker, personId);
  const before = cursorOf(cursor);
  const rows = await db.read
    .select({ guarantor: guarantors, guarantee: guarantees.state, borrowerId: credits.personId })
    .from(guarantors)
    .innerJoin(guarantees, eq(guarantees.id, guarantors.guaranteeId))
    .innerJoin(credits, eq(credits.id, guarantees.creditId))
    .where(
      and(eq(guarantors.personId, personId), before === undefined ? undefined : lt(guarantors.id, before)),
    )
    .orderBy(desc(guarantors.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const borrowers = [...new Set(page.flatMap(({ borrowerId }) => borrowerId ?? []))];
  const { contacts } =
    borrowers.length === 0
      ? { contacts: [] }
      : await call(contactCards, { body: { personIds: borrowers } }, { trace: context.trace });
  return {
    items: page.map(({ guarantor: { id, state, centimos, askedAt }, guarantee, borrowerId }) => ({
      guarantorId: id,
      state,
      guarantee,
      borrowerName: contacts.find((contact) => contact.personId === borrowerId)?.name ?? null,
      centimos,
      askedAt: askedAt.toISOString(),
    })),
    next: rows.length > limit ? (page.at(-1)?.guarantor.id ?? null) : null,
  };
}
