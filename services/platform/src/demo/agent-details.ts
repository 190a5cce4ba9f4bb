import type { ProviderRow } from "@minka/catalog";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { addDays } from "@minka/domain/lima-time";
import { seededRandom } from "./random.ts";

type Assistance = Extract<OfferTerms, { kind: "assistance" }>;
type Details = Required<Pick<ProviderRow, "agent" | "certificates">>;

/** Of its own, so that what is drawn for a profile moves nothing else of the demo. */
const firstSeed = 70_000;

/** An agent's profile, which says what its offer of visits says, and a certificate for two of three. */
export function agentDetails(number: number, terms: Assistance): Details {
  const random = seededRandom(firstSeed + number);
  const issuedOn = addDays("2022-03-01", random.between(0, 1_200));
  const school = random.next() < 0.7;
  const certificates = [
    {
      id: random.id(),
      kind: school ? ("school_of_excellence" as const) : ("competence" as const),
      issuer: school ? "Escuela de Excelencia (muestra)" : "Centro certificador (muestra)",
      issuedOn,
      expiresOn: school ? null : addDays(issuedOn, 5 * 365),
    },
  ];
  return {
    agent: {
      topics: terms.topics.map((topic) => ({
        topic,
        level: terms.specialistTopics.includes(topic) ? ("specialist" as const) : ("basic" as const),
      })),
      crops: [...terms.crops],
      languages: random.next() < 0.2 ? ["spa", "qvs"] : ["spa"],
      base: terms.base,
      reachKm: terms.reachKm,
      monthlyCapacity: terms.monthlyCapacity,
      resells: [],
    },
    certificates: number % 3 === 2 ? [] : certificates,
  };
}

/** Agents with a shop resell what a supplier of their region, or else any, has. */
export function withSuppliers(providers: readonly ProviderRow[]): ProviderRow[] {
  const suppliers = providers.flatMap(({ id, kinds, districtCode, offers }) => {
    const products = offers.flatMap(({ terms }) => (terms.kind === "input" ? [terms.product] : []));
    return kinds.includes("supplier") && products.length > 0 ? [{ id, districtCode, products }] : [];
  });
  return providers.map((provider) => {
    const shop = provider.offers.some(({ terms }) => terms.kind === "input");
    if (!provider.agent || !shop) return provider;
    const region = provider.districtCode.slice(0, 2);
    const supplier = suppliers.find(({ districtCode }) => districtCode.startsWith(region)) ?? suppliers[0];
    if (!supplier) return provider;
    const resells = [...new Set(supplier.products)].map((product) => ({ product, supplierId: supplier.id }));
    return { ...provider, agent: { ...provider.agent, resells } };
  });
}
