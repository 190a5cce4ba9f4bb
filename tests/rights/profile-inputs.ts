import { runErrand } from "@minka/contracts/errands";
import { consent, newName, newPhone, newestImport } from "./made-up.ts";
import type { Means, Try, Written } from "./tries.ts";
import type { Rows } from "./world.ts";

const plot = { area: { amount: 1, unit: "ha" }, tenure: "own" };
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

/** Of profiles, by operation. */
export const profilesWritten: Readonly<Record<string, Written>> = {
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
  "GET /api/profiles/people/:personId/data": (attempt) => ({ query: asOperator(attempt) }),
  "POST /api/profiles/people/:personId/erasure": (attempt) => ({ body: asOperator(attempt) }),
  // It is read once.
  "POST /api/profiles/data-files/:token": async ({ rows }, { done }) => {
    const url = `/api/profiles/people/${rows["personId"]}/data-files`;
    const { token } = await done<{ token: string }>("service", "POST", url, {});
    return { params: { token } };
  },
  "GET /api/profiles/confirmations/:kind/:id": ({ rows }) => ({
    params: { kind: "membership", id: rows["askedMembershipId"] ?? "" },
  }),
  "POST /api/profiles/confirmations/:kind/:id/answer": ({ rows }) => ({
    params: { kind: "membership", id: rows["askedMembershipId"] ?? "" },
  }),
};
