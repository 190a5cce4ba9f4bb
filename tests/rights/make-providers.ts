import { currentConduct } from "@minka/contracts/conduct";
import { findDistrict } from "@minka/geography/districts";
import type { OrganizationMade } from "./make-organization.ts";
import type { Making, Person, PersonRole, Rows } from "./world.ts";

type Village = OrganizationMade & {
  readonly districtCode: string;
  readonly people: Readonly<Record<PersonRole | "spare", Person>>;
};

/** What each provider sells, so that a request finds this one and no other. */
export const sold = { company: "sprayer", branch: "dryer", organization: "pulper" } as const;

let rucs = 0;
/** A company's tax number with its check digit. */
export function newRuc(): string {
  rucs += 1;
  const digits = `20${String(500_000_00 + rucs).padStart(8, "0")}`;
  const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return `${digits}${(11 - (sum % 11)) % 10}`;
}

export const equipmentTerms = (product: string) => ({
  kind: "equipment",
  title: `Equipo ${product}`,
  product,
  mode: "sale",
  tiers: [{ minimumPacks: 1, priceCentimos: 100_00 }],
  delivery: { days: 1 },
});

export const priceList = "Producto,Precio\nTijera de podar,45";

const creditTerms = {
  kind: "credit",
  title: "Crédito de campaña",
  purposes: ["fertilizer"],
  minimumCentimos: 500_00,
  maximumCentimos: 5_000_00,
  annualRatePercent: 30,
  minimumMonths: 3,
  maximumMonths: 12,
  schedule: "monthly",
  requirements: [],
};

type Entry = {
  readonly manager: Person;
  /** Form, kinds and whatever else only this one has. */
  readonly entry: object;
  readonly terms: readonly object[];
  readonly staff: readonly Person[];
  readonly agentProfile?: object;
};

/** The agent's own provider, a company and its branch, and the one that the organization is: all verified. */
export async function makeProviders(
  making: Making,
  { districtCode, people, organizationId }: Village,
): Promise<{ rows: Rows; of: Partial<Record<PersonRole, Rows>> }> {
  const { done } = making;
  const { owner, staff, agent, manager, spare } = people;
  const base = findDistrict(districtCode)?.point;
  if (!base) throw new Error(`no district ${districtCode}`);
  const topics = ["pruning", "nutrition"] as const;
  const company = (kinds: readonly string[]) => ({
    form: "company",
    kinds,
    document: { type: "ruc", number: newRuc() },
  });
  const add = (entry: Entry) => addProvider(making, { districtCode, ...entry });

  const owned = await add({
    manager: owner,
    entry: {
      ...company(["supplier", "lender"]),
      name: `Agroservicios ${districtCode}`,
      lenderRegister: { register: "sbs", number: "4977-2018" },
    },
    terms: [equipmentTerms(sold.company), creditTerms],
    staff: [staff, spare],
  });
  const branch = await add({
    manager: owner,
    entry: { ...company(["supplier"]), name: `Sucursal ${districtCode}` },
    terms: [equipmentTerms(sold.branch)],
    staff: [staff],
  });
  // Asks that come to the branch are for its clerk.
  await done(owner, "PUT", `/api/catalog/providers/${branch["providerId"]}`, { personId: staff.id });
  const associated = await add({
    manager,
    entry: { form: "organization", kinds: ["supplier"], name: `Tienda ${districtCode}`, organizationId },
    terms: [equipmentTerms(sold.organization)],
    staff: [spare],
  });
  const own = await add({
    manager: agent,
    entry: { form: "person", kinds: ["agent"], name: `Técnico ${districtCode}` },
    terms: [
      {
        kind: "assistance",
        topics,
        crops: ["cacao"],
        modalities: ["field_visit"],
        pricePerVisitCentimos: 50_00,
        monthlyCapacity: 200,
        base,
        reachKm: 30,
      },
    ],
    staff: [spare],
    agentProfile: {
      topics: topics.map((topic) => ({ topic, level: "basic" })),
      crops: ["cacao"],
      languages: ["spa"],
      base,
      reachKm: 30,
      monthlyCapacity: 200,
    },
  });
  const waiting = await done<{ providerId: string }>(owner, "POST", "/api/catalog/providers", {
    ...company(["supplier"]),
    name: `Nueva ${districtCode}`,
    acceptsConduct: currentConduct,
    districtCode,
  });
  await done(owner, "POST", `/api/catalog/providers/${waiting.providerId}/submission`);
  return {
    rows: { ...owned, pendingProviderId: waiting.providerId, contactId: owner.id },
    of: { manager: associated, agent: own },
  };
}

async function addProvider(
  { done, checker, union }: Making,
  { manager, entry, terms, staff, agentProfile, districtCode }: Entry & { districtCode: string },
): Promise<Record<string, string>> {
  const { providerId } = await done<{ providerId: string }>(manager, "POST", "/api/catalog/providers", {
    ...entry,
    districtCode,
  });
  const base = `/api/catalog/providers/${providerId}`;
  const { certificate } = await done<{ certificate: { id: string } }>(
    manager,
    "POST",
    `${base}/certificates`,
    {
      kind: "competence",
      issuer: "Ministerio",
      issuedOn: "2025-01-01",
    },
  );
  for (const { id } of staff) await done(manager, "POST", `${base}/staff`, { personId: id, role: "staff" });
  if (agentProfile) await done(manager, "PUT", `${base}/agent-profile`, agentProfile);
  const offerIds: string[] = [];
  for (const one of terms) {
    const offer = { terms: one, coverage: [districtCode] };
    offerIds.push((await done<{ offerId: string }>(manager, "POST", `${base}/offers`, offer)).offerId);
  }
  await done(manager, "POST", `${base}/grants`, { organizationId: union.id });
  const { item } = await done<{ item: { id: string } }>(manager, "POST", `${base}/stock`, {
    name: "Machete",
  });
  const sent = await done<{ importId: string }>(manager, "POST", `${base}/imports`, priceList, "text/csv");
  await done(manager, "POST", `${base}/conduct`, { version: currentConduct });
  await done(manager, "POST", `${base}/submission`);
  await done(checker, "POST", `${base}/verification`, { evidence: "Se vio su local" });
  const { provider } = await done<{ provider: { decisions: { id: string }[] } }>(
    manager,
    "GET",
    `${base}/record`,
  );
  const [offerId = "", creditOfferId = offerId] = offerIds;
  return {
    providerId,
    offerId,
    creditOfferId,
    providerCertificateId: certificate.id,
    priceImportId: sent.importId,
    stockItemId: item.id,
    decisionId: provider.decisions[0]?.id ?? "",
  };
}
