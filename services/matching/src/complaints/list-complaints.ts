import type {
  listComplaints as listContract,
  readComplaint as readContract,
} from "@minka/contracts/complaints";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Database, Queries } from "@minka/database/connect";
import { and, asc, eq, inArray } from "@minka/database/query";
import { afterCursor, sorted, within } from "../list-order.ts";
import { engagements, matches } from "../tables.ts";
import { complaints, type ComplaintRow } from "./complaints-tables.ts";
import { pickDealings, readContacts, type Contact, type Dealing } from "./dealings.ts";
import { noSuchComplaint } from "./settle-complaint.ts";

type Complaint = HandlerAnswer<typeof readContract>["complaint"];

/** A page of complaints, the newest first unless said. `cursor-wrong` (422). */
export async function listComplaints(
  { read }: Database,
  { state, providerId, from, until, order, cursor, limit }: HandlerInput<typeof listContract>["query"],
): Promise<HandlerAnswer<typeof listContract>> {
  const rows = await read
    .select()
    .from(complaints)
    .where(
      and(
        state === undefined ? undefined : eq(complaints.state, state),
        providerId === undefined ? undefined : eq(complaints.providerId, providerId),
        within(complaints.raisedAt, { from, until }),
        afterCursor(complaints.id, cursor, order),
      ),
    )
    .orderBy(sorted(complaints.id, order))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const known = await readKnown(read, page);
  const items = page.map((row) => viewOf(known, row));
  return { items, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** One complaint. `no-such-complaint` (404). */
export async function readComplaint(
  { read }: Database,
  complaintId: string,
): Promise<HandlerAnswer<typeof readContract>> {
  const [row] = await read.select().from(complaints).where(eq(complaints.id, complaintId));
  if (!row) throw noSuchComplaint();
  return { complaint: viewOf(await readKnown(read, [row]), row) };
}

type Known = { contacts: Map<string, Contact[]>; dealings: Map<string, Dealing> };

/** What the complaints of a page are about, in two queries however many there are. */
async function readKnown(queries: Queries, rows: readonly ComplaintRow[]): Promise<Known> {
  if (rows.length === 0) return { contacts: new Map(), dealings: new Map() };
  const earliest = new Date(Math.min(...rows.map(({ raisedAt }) => raisedAt.getTime())));
  const people = [...new Set(rows.map(({ personId }) => personId))];
  const contacts = Map.groupBy(await readContacts(queries, people, earliest), ({ personId }) => personId);
  return { contacts, dealings: await readDealings(queries, rows) };
}

/** With whom else they may mean, as it was when they complained. */
function viewOf({ contacts, dealings: about }: Known, row: ComplaintRow): Complaint {
  const { id, state, holds, personId, messageId, matchId, requestId, providerId, raisedAt, settledAt } = row;
  const dealings = pickDealings(contacts.get(personId) ?? [], raisedAt);
  const meant = dealings.find((dealing) => dealing.matchId === matchId) ?? about.get(id);
  if (!meant) throw new Error(`match ${matchId} of complaint ${id} is gone`);
  return {
    ...viewOfDealing(meant),
    id,
    state,
    holds,
    personId,
    messageId,
    requestId,
    providerId,
    raisedAt: raisedAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
    others: dealings.filter((dealing) => dealing.matchId !== matchId).map(viewOfDealing),
  };
}

/** What was only asked when they complained, and has been answered since, is no dealing any more. */
async function readDealings(queries: Queries, rows: readonly ComplaintRow[]): Promise<Map<string, Dealing>> {
  const found = await queries
    .select({
      complaint: complaints,
      name: matches.providerName,
      askedAt: matches.askedAt,
      engagementId: engagements.id,
    })
    .from(complaints)
    .innerJoin(matches, eq(matches.id, complaints.matchId))
    .leftJoin(engagements, eq(engagements.matchId, matches.id))
    .where(
      inArray(
        complaints.id,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(engagements.id));
  return new Map(
    found.map(({ complaint, name: providerName, askedAt, engagementId }) => {
      const { id, providerId, requestId, matchId, raisedAt } = complaint;
      return [id, { providerId, providerName, requestId, matchId, engagementId, at: askedAt ?? raisedAt }];
    }),
  );
}

function viewOfDealing({ at, ...dealing }: Dealing) {
  return { ...dealing, at: at.toISOString() };
}
