import {
  agentCalendar,
  type addAppointment as addContract,
  type AgentCalendar,
  type putAgentCalendar as putContract,
  type readAgentCalendar as readContract,
  type removeAppointment as removeContract,
} from "@minka/contracts/caseloads";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { visitPoints } from "@minka/contracts/planning-sources";
import type { Queries } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Context } from "@minka/service/act";
import { and, asc, eq, gte, inArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { readAgentFor, type Services } from "./agent-rights.ts";
import { agentCalendars, appointments } from "./caseloads-tables.ts";
import { minuteOf, wallTimeOf } from "./wall-time.ts";

type CalendarAnswer = HandlerAnswer<typeof readContract>;

/** Who has said nothing works from Monday to Saturday. */
const usual: AgentCalendar = agentCalendar.parse({});

/** When an agent works; the agent themself, managers of its organization, operators. */
export async function putAgentCalendar(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId }, body }: HandlerInput<typeof putContract>,
): Promise<CalendarAnswer> {
  await readAgentFor(call, context.actor, { providerId, trace: context.trace, orAgent: true });
  await db.transaction(async (tx) => {
    const act = actOf(context, clock());
    const row = { providerId, ...body, updatedAt: act.at };
    await tx
      .insert(agentCalendars)
      .values(row)
      .onConflictDoUpdate({ target: agentCalendars.providerId, set: row });
    await record(tx, act, "calendar.put", `provider:${providerId}`);
  });
  return calendarAnswer(db.read, providerId, clock());
}

export async function readAgentCalendar(
  { db, clock, call }: Services,
  { actor, trace }: Context,
  { params: { providerId } }: HandlerInput<typeof readContract>,
): Promise<CalendarAnswer> {
  await readAgentFor(call, actor, { providerId, trace, orAgent: true });
  return calendarAnswer(db.read, providerId, clock());
}

async function calendarAnswer(queries: Queries, providerId: string, now: Date): Promise<CalendarAnswer> {
  const calendars = await readCalendars(queries, [providerId]);
  const fixed = await queries
    .select()
    .from(appointments)
    .where(and(eq(appointments.providerId, providerId), gte(appointments.day, limaDay(now))))
    .orderBy(asc(appointments.day), asc(appointments.minute));
  return { calendar: calendars.get(providerId) ?? usual, appointments: fixed.map(appointmentView) };
}

function appointmentView({ id, personId, topic, crop, day, minute }: typeof appointments.$inferSelect) {
  return { id, personId, topic, crop, day, startsAt: wallTimeOf(minute) };
}

/** Of agents, each with when they work. */
export async function readCalendars(
  queries: Queries,
  providerIds: readonly string[],
): Promise<Map<string, AgentCalendar>> {
  if (providerIds.length === 0) return new Map();
  const rows = await queries
    .select()
    .from(agentCalendars)
    .where(inArray(agentCalendars.providerId, [...providerIds]));
  const known = new Map(
    rows.map(({ providerId, weekdays, daysOff, stopsADay }) => [
      providerId,
      { weekdays, daysOff, stopsADay },
    ]),
  );
  return new Map(providerIds.map((providerId) => [providerId, known.get(providerId) ?? usual]));
}

/** Throws `appointment-past` (422), `person-unknown` (404), `appointment-taken` (409), `not-a-member` (403). */
export async function addAppointment(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId }, body: { startsAt, ...entry } }: HandlerInput<typeof addContract>,
): Promise<HandlerAnswer<typeof addContract>> {
  const { actor, trace } = context;
  const { part } = await readAgentFor(call, actor, { providerId, trace, orAgent: true });
  const { people } = await call(visitPoints, { body: { personIds: [entry.personId] } }, { trace });
  const [person] = people;
  if (part.as === "manager" && !person?.organizationIds.includes(part.organizationId))
    throw new DomainError("forbidden", "not-a-member", "This person is not a member of your organization.");
  if (!person) throw new DomainError("not-found", "person-unknown", "Nobody who is served has this id.");
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      if (entry.day <= limaDay(act.at))
        throw new DomainError("invalid", "appointment-past", "An appointment is from tomorrow on.", {
          errors: [{ path: "body.day", message: "must be after today" }],
        });
      const row = { ...entry, id: newId(), providerId, minute: minuteOf(startsAt), addedAt: act.at };
      const [added] = await tx.insert(appointments).values(row).onConflictDoNothing().returning();
      if (!added)
        throw new DomainError("conflict", "appointment-taken", "The agent has an appointment at that hour.");
      await record(tx, act, "appointment.add", `provider:${providerId}`);
      return { appointment: appointmentView(added) };
    }),
  );
}

/** Throws `appointment-unknown` (404). */
export async function removeAppointment(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId, appointmentId } }: HandlerInput<typeof removeContract>,
): Promise<{ removed: true }> {
  await readAgentFor(call, context.actor, { providerId, trace: context.trace, orAgent: true });
  return db.transaction(async (tx) => {
    const removed = await tx
      .delete(appointments)
      .where(and(eq(appointments.id, appointmentId), eq(appointments.providerId, providerId)))
      .returning({ id: appointments.id });
    if (removed.length === 0)
      throw new DomainError("not-found", "appointment-unknown", "No appointment of this agent has this id.");
    await record(tx, actOf(context, clock()), "appointment.remove", `provider:${providerId}`);
    return { removed: true as const };
  });
}
