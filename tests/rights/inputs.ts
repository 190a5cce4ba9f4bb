import { runErrand } from "@minka/contracts/errands";
import { openRequest } from "@minka/contracts/matching";
import { newId } from "@minka/database/new-id";
import type { Callers } from "./callers.ts";
import postgres from "postgres";
import { equipmentTerms, newRuc, sold } from "./make-providers.ts";
import type { Try } from "./tries.ts";
import { bulletinTo, type Rows, type World } from "./world.ts";

/** What cannot be read off the contract: which of several rows, and bodies that have to make sense. */
type Input = {
  readonly params?: Rows;
  readonly query?: Rows;
  readonly body?: object;
};
export type Means = Callers & { readonly world: World };
type Written = (attempt: Try, means: Means) => Input | Promise<Input>;

let made = 0;
/** Of nobody yet. */
const newPhone = () => `+51933${String((made += 1)).padStart(6, "0")}`;
const newName = (what: string) => `${what} ${(made += 1)}`;

const plot = { area: { amount: 1, unit: "ha" }, tenure: "own" };
const need = { kind: "equipment", product: sold.company };
const offer = ({ districtCode = "" }: Rows) => ({
  terms: equipmentTerms(sold.company),
  coverage: [districtCode],
});
const consent = { version: "1", channel: "sms", at: "2026-11-24T14:00:00.000Z" };
const nobody = () => ({ personId: newId(), phones: [], sharedPhones: [], names: [], documents: [] });
const erasure = () => ({
  ...nobody(),
  askedAt: consent.at,
  tell: false,
  acquaintances: [],
  providerIds: [],
});
/** For an organization: whose that is makes the difference. */
const forOrganization = ({ own, rows }: Try) => (own ? {} : { organizationId: rows["organizationId"] });
/** Who says how it came to them. */
const told = ({ role }: Try) =>
  role === "service"
    ? { channel: "sms" }
    : role === "operator"
      ? { channel: "spoken", witness: "Teniente Gobernador" }
      : {};
const asOperator = ({ role }: Try): Rows => (role === "operator" ? { reason: "asked-by-phone" } : {});

/** A person reads the code that their phone got. */
async function newCode({ platform, send, world }: Means) {
  const { phone } = await world.newPerson();
  await send("anonymous", { method: "POST", url: "/api/auth/codes", body: { phone } });
  await platform.settle();
  const code = /\b(\d{6})\b/.exec((await platform.phone(phone).reads()).join("\n"))?.[1];
  return { phone, code };
}

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

/** Of whoever stands for the organization of a village that only services touch. */
const errand = ({ world }: Means) => ({
  helperPersonId: world.forService.people.broker.id,
  phone: newPhone(),
  districtCode: world.forService.districtCode,
});

/** One for all: a helper may not ask for so many as there are tries. */
let anErrand: Promise<{ errandId: string }> | undefined;
async function theErrand(means: Means): Promise<Rows> {
  const call = means.platform.callAs("notifications");
  anErrand ??= call(runErrand, { body: errand(means) }, { trace: "rights-test" });
  return { errandId: (await anErrand).errandId };
}

/** One that nobody has called off. */
async function openTraining({ rows }: Try, { platform }: Means): Promise<Rows> {
  const { personId = "", districtCode = "" } = rows;
  const body = { personId, need: { kind: "training" as const }, districtCode, channel: "sms" as const };
  return platform.callAs("notifications")(openRequest, { body }, { trace: "rights-test" });
}

/** What was sent last waits to be started; what was started may be done by now. */
const newestImport =
  (base: (rows: Rows) => string): Written =>
  async ({ rows }, { done, world, platform }) => {
    await platform.settle();
    const { items } = await done<{ items: { importId: string }[] }>(world.checker, "GET", base(rows));
    return { params: { importId: items[0]?.importId ?? "" } };
  };

/** By operation. */
export const written: Readonly<Record<string, Written>> = {
  "POST /api/auth/codes": async (_, { world }) => ({ body: { phone: (await world.newPerson()).phone } }),
  "POST /api/auth/tokens": async (_, means) => ({ body: await newCode(means) }),
  "POST /api/auth/tokens/refresh": async (_, means) => {
    const body = await newCode(means);
    const { refreshToken } = await means.done<{ refreshToken: string }>(
      "anonymous",
      "POST",
      "/api/auth/tokens",
      body,
    );
    return { body: { refreshToken } };
  },
  "POST /api/profiles/delegations": (attempt) => ({
    body: { principal: { phone: newPhone() }, ...forOrganization(attempt) },
  }),
  "POST /api/profiles/delegations/spoken": ({ rows }) => ({
    body: {
      principalId: rows["phonelessId"],
      organizationId: rows["organizationId"],
      witness: "Teniente Gobernador",
    },
  }),
  "GET /api/profiles/delegations": ({ own, rows }) => ({
    query: { side: own ? "given" : "held", ...(own ? {} : { organizationId: rows["organizationId"] ?? "" }) },
  }),
  "POST /api/auth/acting": ({ rows }) => ({ body: { personId: rows["principalId"] } }),
  "POST /api/profiles/people/assisted": (attempt) => ({
    body: {
      name: newName("Dominga"),
      consent: { version: "1", witness: "Teniente Gobernador" },
      ...forOrganization(attempt),
    },
  }),
  "POST /api/profiles/errands": (_, means) => ({ body: errand(means) }),
  "GET /api/profiles/errands/:errandId": async (_, means) => ({ params: await theErrand(means) }),
  "GET /api/profiles/errands/:errandId/news": async (_, means) => ({ params: await theErrand(means) }),
  "POST /api/matching/requests/:requestId/attendance": async (attempt, means) => ({
    params: await openTraining(attempt, means),
    body: { by: "woman" },
  }),
  "POST /api/profiles/people": () => ({ body: { phone: newPhone(), name: "Elena", consent } }),
  "POST /api/profiles/people/:personId/consents": (attempt) => ({
    body: { purpose: "bulletins", version: "1", ...told(attempt) },
  }),
  "POST /api/profiles/people/:personId/consents/:purpose/withdrawal": (attempt) => ({
    params: { purpose: "bulletins" },
    body: told(attempt),
  }),
  "POST /api/profiles/people/:personId/certificates": () => ({
    body: { certificate: "fair_trade", issuer: "Certificadora", number: "2", expiresOn: "2027-12-31" },
  }),
  "POST /api/profiles/people/:personId/plots": () => ({ body: plot }),
  "POST /api/profiles/people/:personId/seasons": () => ({ body: { crop: "coffee", year: 2025 } }),
  "PUT /api/profiles/people/:personId/seasons/:seasonId": () => ({ body: { crop: "cacao", year: 2024 } }),
  "PUT /api/profiles/people/:personId/private-word": ({ rows }) => ({
    body: { phone: rows["phone"], word: "guayacan" },
  }),
  "POST /api/profiles/phones/newcomers": ({ rows }) => ({
    body: { phone: rows["phone"], name: newName("Flor"), word: "girasol", consent },
  }),
  "POST /api/profiles/organizations": ({ rows }) => ({
    body: {
      personId: rows["personId"],
      name: newName("Comité"),
      kind: "committee",
      districtCode: rows["districtCode"],
    },
  }),
  "POST /api/profiles/groups": ({ rows }) => ({
    body: {
      personId: rows["personId"],
      neighbours: ["Gloria", "Hilda"].map((name) => ({ name, phone: newPhone() })),
    },
  }),
  "POST /api/profiles/organizations/:organizationId/board": () => ({
    body: { position: "treasurer", name: "Inés Salas", since: "2026-01-01" },
  }),
  "PUT /api/profiles/organizations/:organizationId/board/:seatId": () => ({
    body: { position: "president", name: "Julia Tangoa", since: "2026-01-02" },
  }),
  "POST /api/profiles/organizations/:organizationId/members": () => ({
    body: { phone: newPhone(), name: newName("Karina") },
  }),
  // An operator does not say that somebody belongs, but may let in who asks to join.
  "POST /api/profiles/memberships/:membershipId/answer": ({ role, rows }) => ({
    params: { membershipId: rows[role === "operator" ? "joinedMembershipId" : "askedMembershipId"] ?? "" },
  }),
  "PUT /api/profiles/memberships/:membershipId": () => ({ body: { role: "delegate" } }),
  "POST /api/profiles/organizations/:organizationId/imports/:importId/cancel": newestImport(
    ({ organizationId }) => `/api/profiles/organizations/${organizationId}/imports`,
  ),
  "POST /api/catalog/providers/:providerId/imports/:importId/cancel": newestImport(
    ({ providerId }) => `/api/catalog/providers/${providerId}/imports`,
  ),
  "POST /api/catalog/places/imports/:importId/cancel": newestImport(() => "/api/catalog/places/imports"),
  "GET /api/profiles/people/:personId/data": (attempt) => ({ query: asOperator(attempt) }),
  "POST /api/profiles/people/:personId/erasure": (attempt) => ({ body: asOperator(attempt) }),
  // It is read once.
  "POST /api/profiles/data-files/:token": async ({ rows }, { done }) => {
    const url = `/api/profiles/people/${rows["personId"]}/data-files`;
    const { token } = await done<{ token: string }>("service", "POST", url, {});
    return { params: { token } };
  },
  "POST /api/catalog/personal-data/export": () => ({ body: nobody() }),
  "POST /api/catalog/personal-data/erasure": () => ({ body: erasure() }),
  "POST /api/matching/personal-data/export": () => ({ body: nobody() }),
  "POST /api/matching/personal-data/erasure": () => ({ body: erasure() }),
  "POST /api/notifications/personal-data/export": () => ({ body: nobody() }),
  "POST /api/notifications/personal-data/erasure": () => ({ body: erasure() }),
  "GET /api/profiles/confirmations/:kind/:id": ({ rows }) => ({
    params: { kind: "membership", id: rows["askedMembershipId"] ?? "" },
  }),
  "POST /api/profiles/confirmations/:kind/:id/answer": ({ rows }) => ({
    params: { kind: "membership", id: rows["askedMembershipId"] ?? "" },
  }),
  "GET /api/catalog/confirmations/:kind/:id": ({ rows }) => ({
    params: { kind: "offer", id: rows["offerId"] ?? "" },
  }),
  "POST /api/catalog/confirmations/:kind/:id/answer": ({ rows }) => ({
    params: { kind: "offer", id: rows["offerId"] ?? "" },
    body: { personId: rows["contactId"], accepted: true, at: consent.at },
  }),
  "POST /api/catalog/providers": ({ rows }) => ({
    body: {
      form: "company",
      kinds: ["supplier"],
      name: newName("Ferretería"),
      document: { type: "ruc", number: newRuc() },
      districtCode: rows["districtCode"],
      personId: rows["personId"],
    },
  }),
  "PUT /api/catalog/providers/:providerId/agent-profile": () => ({
    body: {
      topics: [{ topic: "pruning", level: "basic" }],
      crops: ["cacao"],
      languages: ["spa"],
      base: { latitude: -8.19, longitude: -76.51 },
      reachKm: 20,
      monthlyCapacity: 10,
    },
  }),
  "POST /api/catalog/providers/:providerId/certificates": () => ({
    body: { kind: "degree", issuer: "Universidad", issuedOn: "2020-01-01" },
  }),
  "POST /api/catalog/providers/:providerId/staff": ({ rows }) => ({
    body: { personId: rows["sparePersonId"], role: "staff" },
  }),
  // Staff ends their own part and nobody else's.
  "DELETE /api/catalog/providers/:providerId/staff/:personId": ({ role, own, rows }) => ({
    params: { personId: rows[role === "staff" && own ? "personId" : "sparePersonId"] ?? "" },
  }),
  "POST /api/catalog/providers/:providerId/grants": ({ rows }) => ({
    body: { organizationId: rows["granteeId"] },
  }),
  "POST /api/catalog/candidates": ({ rows }) => ({
    body: { need, districtCode: rows["districtCode"], requesterPersonId: rows["personId"] },
  }),
  "POST /api/catalog/candidates/explanation": ({ rows }) => ({
    body: {
      need,
      districtCode: rows["districtCode"],
      requesterPersonId: rows["personId"],
      offerId: rows["offerId"],
    },
  }),
  "POST /api/catalog/providers/:providerId/offers": ({ rows }) => ({ body: offer(rows) }),
  "PUT /api/catalog/offers/:offerId": ({ rows, role }) => ({
    body: role === "agent" ? { version: 1, ...visits(rows) } : { version: 1, ...offer(rows) },
  }),
  "POST /api/catalog/offers/:offerId/state": () => ({ body: { change: "pause" } }),
  "GET /api/catalog/offers/:offerId/versions/:version": () => ({ params: { version: "1" } }),
  "POST /api/catalog/offers/:offerId/quote": () => ({
    body: { amountCentimos: 1_000_00, months: 6 },
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
  "PUT /api/catalog/people/:personId/rest": () => ({ body: { until: null } }),
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
  "POST /api/matching/engagements/:engagementId/outcome": () => ({
    body: { outcome: "done", by: "requester" },
  }),
  "POST /api/notifications/bulletins": ({ role, rows }) => ({
    body: bulletinTo(role === "operator" ? null : (rows["organizationId"] ?? null)),
  }),
  "GET /api/notifications/bulletins": ({ rows }) => ({
    query: { organizationId: rows["organizationId"] ?? "" },
  }),
  "POST /api/notifications/bulletins/:bulletinId/approval": () => ({ body: { people: 1 } }),
  "POST /api/notifications/misunderstood/:misunderstoodId/correction": () => ({ body: { intent: "help" } }),
  "POST /api/notifications/messages": () => ({
    body: {
      phone: newPhone(),
      text: "sign_in_code",
      parameters: { code: "123456" },
      expiresAt: "2026-11-24T15:00:00.000Z",
    },
  }),
};

/** An agent's offer, whose kind cannot change. */
const visits = ({ districtCode = "" }: Rows) => ({
  terms: {
    kind: "assistance",
    topics: ["pruning", "nutrition"],
    crops: ["cacao"],
    modalities: ["field_visit"],
    pricePerVisitCentimos: 60_00,
    monthlyCapacity: 200,
    base: { latitude: -8.19, longitude: -76.51 },
    reachKm: 30,
  },
  coverage: [districtCode],
});
