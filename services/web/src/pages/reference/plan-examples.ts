import {
  organizationId,
  personId,
  planId,
  planVisitId,
  providerId,
  sessionId,
  type Examples,
} from "./example-ids.ts";

const calendar = { weekdays: [1, 2, 3, 4, 5], daysOff: ["2026-12-08", "2026-12-25"], stopsADay: 6 };

const appointment = {
  id: "019ab1f4-9c2d-7f10-b6a5-4e5f6a7b8c9d",
  personId,
  topic: "pruning",
  crop: "cacao",
  day: "2026-12-15",
  startsAt: "08:00",
};

const plan = {
  id: planId,
  month: "2026-12",
  organizationId,
  state: "approved",
  computing: true,
  why: null,
  figures: {
    visits: 38,
    assigned: 37,
    unassigned: 1,
    sessions: 24,
    groupSessions: 6,
    totalKm: 412.6,
    bound: 409.1,
    gap: 0.009,
  },
  createdAt: "2026-11-24T14:00:00.000Z",
  approvedAt: "2026-11-25T16:30:00.000Z",
  agents: [{ providerId, providerName: "Rosa Pinchi Tuanama", visits: 37, days: 18, answer: "waiting" }],
};

const visit = {
  id: planVisitId,
  planId,
  personId,
  topic: "pruning",
  crop: "cacao",
  districtCode: "221001",
  placeName: "Limón",
  state: "planned",
  why: null,
  providerId,
  day: "2026-12-15",
  startsAt: "08:00",
  sessionId,
  kind: "single",
  km: 9,
  previousProviderId: providerId,
  requestId: null,
  engagement: null,
  moves: [
    {
      at: "2026-11-25T15:10:00.000Z",
      from: { providerId, day: "2026-12-14", startsAt: "10:30" },
      to: { providerId, day: "2026-12-15", startsAt: "08:00" },
      why: { code: "by-hand", parameters: {} },
    },
  ],
};

const withNobody = {
  providerId: null,
  day: null,
  startsAt: null,
  sessionId: null,
  kind: null,
  km: null,
  previousProviderId: null,
};

const byHand = { code: "by-hand", parameters: {} };
const added = {
  ...visit,
  ...withNobody,
  state: "unassigned",
  why: byHand,
  moves: [{ at: "2026-11-25T15:10:00.000Z", from: null, to: null, why: byHand }],
};

/** Of agents' months. */
export const planExamples: Examples = {
  "POST /api/matching/agents/:providerId/caseload": {
    request: {
      entries: [
        { personId, topic: "pruning", crop: "cacao" },
        { personId: "019ab1ee-9a11-7d25-8c3b-4f5e6d7c8b9a", topic: "pest_management", crop: "cacao" },
      ],
    },
    answer: {
      added: 1,
      moved: 0,
      unchanged: 0,
      refused: [{ index: 1, code: "not-a-member" }],
      size: 38,
      quota: 40,
    },
  },
  "POST /api/matching/agents/:providerId/caseload/removal": {
    request: { personIds: [personId] },
    answer: { removed: 1, size: 37 },
  },
  "PUT /api/matching/agents/:providerId/calendar": {
    request: calendar,
    answer: { calendar, appointments: [appointment] },
  },
  "GET /api/matching/agents/:providerId/calendar": { answer: { calendar, appointments: [appointment] } },
  "POST /api/matching/agents/:providerId/appointments": {
    request: { personId, topic: "pruning", crop: "cacao", day: "2026-12-15", startsAt: "08:00" },
    answer: { appointment },
  },
  "PUT /api/matching/place-days": {
    request: { districtCode: "221001", placeName: "Limón", market: [0], school: [5] },
    answer: { place: { districtCode: "221001", placeName: "Limón", market: [0], school: [5] } },
  },
  "POST /api/matching/plans": {
    requests: {
      "an organization's agents": { month: "2026-12", organizationId },
      "some agents, nobody in groups": { month: "2026-12", agentProviderIds: [providerId], groupMax: 1 },
    },
    answer: { planId, state: "computing" },
  },
  "GET /api/matching/plans/:planId": { answer: { plan: { ...plan, computing: false } } },
  "GET /api/matching/plans/:planId/visits": { answer: { items: [visit], next: null } },
  "POST /api/matching/plans/:planId/visits": {
    request: { personId, topic: "pruning", crop: "cacao" },
    answer: { visit: added },
  },
  "POST /api/matching/plan-visits/:planVisitId/move": {
    requests: {
      "to a day and an hour": { providerId, day: "2026-12-15", startsAt: "08:00" },
      "into a session": { sessionId },
    },
    answer: { visit },
  },
  "POST /api/matching/plans/:planId/replan": {
    requests: {
      "an agent is away": { unavailable: { providerId, days: ["2026-12-15", "2026-12-16"], reason: "ill" } },
      "after other changes": {},
    },
    answer: { plan },
  },
  "POST /api/matching/plans/:planId/agents/:providerId/answer": {
    requests: {
      yes: { accept: true, visits: 37 },
      "yes, without some days": { accept: true, visits: 37, exceptDays: ["2026-12-15"] },
      "no, on some days": { accept: false, days: ["2026-12-15"], reason: "busy" },
      no: { accept: false, reason: "ill" },
    },
    answer: { planId, answer: "accepted" },
  },
  "POST /api/matching/plan-visits/:planVisitId/answer": {
    requests: {
      yes: { accept: true, told: { day: "2026-12-15", startsAt: "08:00" } },
      "another day": { accept: false, reason: "away", otherDay: "2026-12-17" },
      "the agent says no": { by: "agent", accept: false, reason: "far" },
    },
    answer: {
      planVisitId,
      state: "accepted",
      requestId: "019ab1f6-0b3c-7e41-9d52-6a7b8c9d0e1f",
      engagementId: "019ab1f6-0b3c-7e41-9d52-7b8c9d0e1f2a",
    },
  },
};
