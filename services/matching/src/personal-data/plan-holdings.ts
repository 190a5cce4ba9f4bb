import { theirRows, type Holding } from "@minka/database/holdings";
import { eq, sql } from "@minka/database/query";
import { agentCalendars, appointments, caseloads } from "../caseloads/caseloads-tables.ts";
import { planAgents, planMoves, planSessions, planVisits } from "../plans/plans-tables.ts";

/**
 * What matching holds on people because agents' months are planned. Visits stay as the agents' history and what is
 * counted, without the hamlet; whom somebody was owed to goes with them.
 */
export const planHoldings: readonly Holding[] = [
  theirRows(caseloads, caseloads.personId, "routineVisits", {
    topic: caseloads.topic,
    crop: caseloads.crop,
    addedAt: caseloads.addedAt,
  }),
  theirRows(appointments, appointments.personId, "appointments", {
    topic: appointments.topic,
    crop: appointments.crop,
    day: appointments.day,
    minute: appointments.minute,
  }),
  {
    table: agentCalendars,
    of: ({ personId }) =>
      sql`${agentCalendars.providerId} in
        (select a.provider_id from ${planAgents} a where a.person_id = ${personId})`,
    show: {
      section: "calendar",
      columns: {
        weekdays: agentCalendars.weekdays,
        daysOff: agentCalendars.daysOff,
        stopsADay: agentCalendars.stopsADay,
      },
    },
    erase: "delete",
  },
  {
    table: planVisits,
    of: ({ personId }) => eq(planVisits.personId, personId),
    show: {
      section: "plannedVisits",
      columns: {
        id: planVisits.id,
        topic: planVisits.topic,
        crop: planVisits.crop,
        districtCode: planVisits.districtCode,
        placeName: planVisits.placeName,
        state: planVisits.state,
        why: planVisits.why,
        km: planVisits.km,
        refused: planVisits.refused,
        proposedAt: planVisits.proposedAt,
        answeredAt: planVisits.answeredAt,
        requestId: planVisits.requestId,
      },
    },
    erase: "keep",
  },
  {
    table: planMoves,
    of: ({ personId }) =>
      sql`${planMoves.visitId} in (select v.id from ${planVisits} v where v.person_id = ${personId})`,
    show: {
      section: "plannedVisitMoves",
      columns: {
        visitId: planMoves.visitId,
        at: planMoves.at,
        from: planMoves.from,
        to: planMoves.to,
        why: planMoves.why,
      },
    },
    erase: "keep",
  },
  {
    table: planAgents,
    of: ({ personId }) => eq(planAgents.personId, personId),
    show: {
      section: "plannedMonths",
      columns: {
        planId: planAgents.planId,
        name: planAgents.providerName,
        answer: planAgents.answer,
        askedAt: planAgents.askedAt,
        answeredAt: planAgents.answeredAt,
        unavailable: planAgents.unavailable,
      },
    },
    erase: "keep",
  },
  {
    table: planSessions,
    of: ({ personId }) =>
      sql`(${planSessions.planId}, ${planSessions.providerId}) in
        (select a.plan_id, a.provider_id from ${planAgents} a where a.person_id = ${personId})`,
    show: {
      section: "plannedStops",
      columns: {
        day: planSessions.day,
        minute: planSessions.minute,
        order: planSessions.stopOrder,
        kind: planSessions.kind,
        topic: planSessions.topic,
        crop: planSessions.crop,
      },
    },
    erase: "keep",
  },
];
