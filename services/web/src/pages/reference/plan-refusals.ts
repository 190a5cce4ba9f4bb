const agentOf = ["404 agent-unknown", "403 not-your-agent"];
const plan = ["404 plan-unknown", "403 not-your-organization"];
const planEdit = [...plan, "409 plan-computing", "409 plan-not-open"];
const planVisit = [
  "404 plan-visit-unknown",
  "403 not-your-organization",
  "409 plan-computing",
  "409 plan-not-open",
];

/** Of agents' months, as `refusals` has them. */
export const planRefusals: Readonly<Record<string, readonly string[]>> = {
  "POST /api/matching/agents/:providerId/caseload": agentOf,
  "GET /api/matching/agents/:providerId/caseload": [...agentOf, "422 cursor-wrong"],
  "POST /api/matching/agents/:providerId/caseload/removal": agentOf,
  "PUT /api/matching/agents/:providerId/calendar": agentOf,
  "GET /api/matching/agents/:providerId/calendar": agentOf,
  "POST /api/matching/agents/:providerId/appointments": [
    ...agentOf,
    "403 not-a-member",
    "404 person-unknown",
    "409 appointment-taken",
    "422 appointment-past",
  ],
  "DELETE /api/matching/agents/:providerId/appointments/:appointmentId": [
    ...agentOf,
    "404 appointment-unknown",
  ],
  "PUT /api/matching/place-days": ["422 district-unknown"],
  "POST /api/matching/plans": [
    "403 not-your-organization",
    "403 not-your-agent",
    "409 plan-exists",
    "422 month-past",
    "422 agent-unknown",
  ],
  "GET /api/matching/plans": ["403 not-your-organization", "422 cursor-wrong"],
  "GET /api/matching/plans/:planId": plan,
  "GET /api/matching/plans/:planId/visits": [...plan, "422 cursor-wrong"],
  "POST /api/matching/plans/:planId/visits": [
    ...planEdit,
    "403 not-a-member",
    "404 person-unknown",
    "409 visit-exists",
  ],
  "POST /api/matching/plan-visits/:planVisitId/move": [
    ...planVisit,
    "404 agent-unknown",
    "404 session-unknown",
    "409 agent-full",
    "409 person-left",
    "409 not-being-asked",
    "409 plan-changed",
    "422 outside-month",
  ],
  "POST /api/matching/plan-visits/:planVisitId/removal": [...planVisit, "409 not-being-asked"],
  "POST /api/matching/plans/:planId/approval": [...plan, "409 plan-computing", "409 illegal-transition"],
  "POST /api/matching/plans/:planId/discard": [...plan, "409 illegal-transition"],
  "POST /api/matching/plans/:planId/replan": [...planEdit, "404 agent-unknown"],
  "POST /api/matching/plans/:planId/agents/:providerId/answer": [
    "404 plan-unknown",
    "404 plan-agent-unknown",
    "403 not-yours",
    "409 plan-not-approved",
    "409 month-changed",
  ],
  "GET /api/matching/people/:personId/plan-days": ["403 not-yours"],
  "GET /api/matching/plan-visits/:planVisitId": ["404 plan-visit-unknown", "403 not-yours"],
  "GET /api/matching/people/:personId/plan-visits": ["403 not-yours"],
  "POST /api/matching/plan-visits/:planVisitId/answer": [
    "404 plan-visit-unknown",
    "403 not-yours",
    "409 not-being-asked",
    "409 visit-moved",
    "409 already-answered",
    "409 answer-too-late",
    "409 visit-day-come",
  ],
};
