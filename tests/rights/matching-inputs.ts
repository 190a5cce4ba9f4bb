import { openRequest } from "@minka/contracts/matching";
import { newId } from "@minka/database/new-id";
import postgres from "postgres";
import { consent } from "./made-up.ts";
import { anyPresence, closureBody, newClosure, newPresence, visitToday } from "./make-presence.ts";
import { listedOffer, newBlock, newReview, sameWeights } from "./make-ranking.ts";
import { newReport, someMonth } from "./make-report.ts";
import { newAsk, newQuote, newVisit } from "./make-visit.ts";
import type { Input, Means, Try, Written } from "./tries.ts";
import type { Rows } from "./world.ts";

/** A complaint that waits, of which catalog has not heard: nobody is held for it. */
async function newComplaint({ platform }: Means): Promise<Rows> {
  const owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  const complaintId = newId();
  const [row] = await owner`
    insert into matching.complaints
      (id, person_id, provider_id, request_id, match_id, message_id, state, raised_at, trace)
    select ${complaintId}, ${newId()}, provider_id, request_id, id, ${newId()}, 'raised', ${consent.at}, 'rights-test'
    from matching.matches limit 1 returning match_id`;
  await owner.end();
  return { complaintId, matchId: String(row?.["match_id"]) };
}

/** What the provider of these rows would pay, proposed by nobody who is tried. */
async function newSponsorship({ rows }: Try, { platform }: Means, state = "active"): Promise<Input> {
  const owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  const sponsorshipId = newId();
  await owner`
    insert into matching.sponsorships
      (id, sponsor_kind, sponsor_id, sponsor_name, contact_person_id, title, state, budget_centimos, from_day,
       until_day, kinds, topics, crops, districts, sexes, size_classes, organization_ids, share_percent,
       most_per_service_centimos, most_per_person, makers, created_at, trace)
    values (${sponsorshipId}, 'provider', ${rows["providerId"] ?? ""}, 'Cacao Andino', ${newId()}, 'Visitas', ${state},
       100000, '2026-01-01', '2026-12-31', '{training}', '{}', '{}', '{}', '{}', '{}', '{}', 50, 2000, 5, '{}',
       ${consent.at}, 'rights-test')`;
  await owner.end();
  return { params: { sponsorshipId } };
}
const sponsorshipSteps = {
  "GET /api/matching/sponsorships/:sponsorshipId": "active",
  "POST /api/matching/sponsorships/:sponsorshipId/approval": "draft",
  "POST /api/matching/sponsorships/:sponsorshipId/pause": "active",
  "POST /api/matching/sponsorships/:sponsorshipId/resumption": "paused",
  "POST /api/matching/sponsorships/:sponsorshipId/end": "active",
  "GET /api/matching/sponsorships/:sponsorshipId/report": "active",
  "GET /api/matching/sponsorships/:sponsorshipId/report-file": "active",
};

/** One that nobody has called off. */
async function openTraining({ rows }: Try, { platform }: Means): Promise<Rows> {
  const { personId = "", districtCode = "" } = rows;
  const body = { personId, need: { kind: "training" as const }, districtCode, channel: "sms" as const };
  return platform.callAs("notifications")(openRequest, { body }, { trace: "rights-test" });
}

/** Of matching, by operation. */
export const matchingWritten: Readonly<Record<string, Written>> = {
  "POST /api/matching/requests/:requestId/attendance": async (attempt, means) => ({
    params: await openTraining(attempt, means),
    body: { by: "woman" },
  }),
  "POST /api/matching/requests": ({ role, rows }) => ({
    body: {
      personId: rows["personId"],
      need: { kind: "input", product: "urea" },
      districtCode: rows["districtCode"],
      channel: role === "service" ? "sms" : "api",
    },
  }),
  "GET /api/matching/requests": ({ rows }) => ({ query: { personId: rows["personId"] ?? "" } }),
  "GET /api/matching/requests/:requestId/offers/:offerId/explanation": async (_, means) => ({
    params: await listedOffer(means),
  }),
  "POST /api/matching/requests/:requestId/review": () => ({ body: {} }),
  "POST /api/matching/reviews/:reviewId/settlement": async (_, means) => ({
    params: await newReview(means),
    body: { outcome: "upheld" },
  }),
  "POST /api/matching/blocks": ({ rows }) => ({
    body: { by: "person", personId: rows["personId"], providerId: newId() },
  }),
  "DELETE /api/matching/blocks/:blockId": async (attempt, means) => ({
    params: await newBlock(attempt, means),
  }),
  "GET /api/matching/blocks": ({ rows }) => ({ query: { personId: rows["personId"] ?? "" } }),
  "PUT /api/matching/weights": async (_, means) => ({ body: await sameWeights(means) }),
  "GET /api/matching/fairness": () => ({ query: { from: "2026-11-01", until: "2026-11-30" } }),
  "GET /api/matching/outcomes": () => ({ query: someMonth }),
  "GET /api/matching/reports/:reportId": async (_, means) => ({ params: await newReport(means) }),
  "POST /api/matching/complaints": () => ({ body: { personId: newId(), messageId: newId() } }),
  "GET /api/matching/complaints/:complaintId": async (_, means) => {
    const { complaintId = "" } = await newComplaint(means);
    return { params: { complaintId } };
  },
  "POST /api/matching/complaints/:complaintId/dealing": async (_, means) => {
    const { complaintId = "", matchId } = await newComplaint(means);
    return { params: { complaintId }, body: { matchId } };
  },
  "POST /api/matching/complaints/:complaintId/settlement": async (_, means) => {
    const { complaintId = "" } = await newComplaint(means);
    return { params: { complaintId }, body: { outcome: "dismissed" } };
  },
  "POST /api/matching/sponsorships": ({ rows }) => ({
    body: {
      sponsor: { kind: "provider", id: rows["providerId"] },
      title: "Visitas de la campaña",
      budgetCentimos: 100_000,
      from: "2026-11-01",
      until: "2026-12-31",
      sharePercent: 50,
      mostPerServiceCentimos: 2_000,
      mostPerPerson: 3,
    },
  }),
  "GET /api/matching/sponsorships": ({ rows }) => ({ query: { sponsorId: rows["providerId"] ?? "" } }),
  "POST /api/matching/sponsorships/:sponsorshipId/budget": async (attempt, means) => ({
    ...(await newSponsorship(attempt, means)),
    body: { budgetCentimos: 200_000 },
  }),
  ...Object.fromEntries(
    Object.entries(sponsorshipSteps).map(([operation, state]): [string, Written] => [
      operation,
      (attempt, means) => newSponsorship(attempt, means, state),
    ]),
  ),
  "POST /api/matching/matches/:matchId/withdrawal": async (attempt, means) => ({
    params: attempt.role === "service" ? await newAsk(attempt, means) : {},
    body: {},
  }),
  "POST /api/matching/closures": (attempt, means) => ({ body: closureBody(attempt, means) }),
  "POST /api/matching/closures/:closureId/end": async (attempt, means) => ({
    params: await newClosure(attempt, means),
  }),
  "GET /api/matching/reputations": ({ rows }) => ({ query: { providerIds: rows["providerId"] ?? newId() } }),
  "GET /api/matching/closures": () => ({ query: {} }),
  "GET /api/matching/presence": () => ({ query: {} }),
  "GET /api/matching/presence/:presenceId": async (attempt, means) => ({
    params: await anyPresence(attempt, means),
  }),
  "POST /api/matching/engagements/:engagementId/arrival": async (attempt, means) => {
    await visitToday(attempt, means);
    return { body: {} };
  },
  "POST /api/matching/engagements/:engagementId/departure": async (attempt, means) => {
    if (attempt.own || attempt.role === "operator") await newPresence(attempt, means);
    return {};
  },
  "POST /api/matching/people/:personId/presence": () => ({ body: {} }),
  "POST /api/matching/matches/:matchId/quotes": async (attempt, means) => ({
    params: attempt.role === "service" ? await newAsk(attempt, means) : {},
    body: {
      priceCentimos: 100,
      ...(attempt.role === "service"
        ? { by: "provider" }
        : attempt.role === "operator"
          ? { by: "requester" }
          : {}),
    },
  }),
  "POST /api/matching/quotes/:quoteId/answer": async (attempt, means) => ({
    params: await newQuote(attempt, means),
    body: { accept: true },
  }),
  "POST /api/matching/engagements/:engagementId/cancellation": async (attempt, means) => ({
    params: attempt.role === "service" ? await newVisit(attempt, means) : {},
  }),
  "POST /api/matching/engagements/:engagementId/dispute": ({ role }) => ({
    body: { reason: "other", ...(role === "service" || role === "operator" ? { by: "requester" } : {}) },
  }),
  "POST /api/matching/engagements/:engagementId/outcome": () => ({
    body: { outcome: "done", by: "requester" },
  }),
};
