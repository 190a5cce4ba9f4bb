import { cast } from "./cooperative-cast.ts";
import type { People } from "./people-by-phone.ts";

export const tocache = "221001";
export const uchiza = "221005";

const pack = { amount: 50, unit: "kg" };
type Tiers = { minimumPacks: number; priceCentimos: number }[];

const urea = (tiers: Tiers, more: object = {}) => ({
  kind: "input",
  title: "Urea en saco de 50 kg",
  product: "urea",
  pack,
  tiers,
  delivery: { districtCodes: [tocache, uchiza], days: 3 },
  organicApproved: false,
  ...more,
});

const cacaoWanted = {
  kind: "purchase",
  title: "Compra de cacao seco con límite de cadmio",
  crop: "cacao",
  state: "dry",
  minimumKg: 1_000,
  maximumKg: 2_500,
  price: { mode: "fixed", centimosPerKg: 2_000 },
  quality: { maximumCadmiumMgPerKg: 0.5, maximumMoisturePercent: 7.5 },
  delivery: { districtCode: tocache },
};

const campaignLoan = {
  kind: "credit",
  title: "Crédito de campaña",
  purposes: ["fertilizer", "harvest"],
  minimumCentimos: 50_000,
  maximumCentimos: 500_000,
  annualRatePercent: 30,
  minimumMonths: 1,
  maximumMonths: 12,
  schedule: "monthly",
  requirements: [{ requirement: "association_endorsement" }],
};

/** Dearer, for who has papers of their land. */
const titleLoan = {
  ...campaignLoan,
  title: "Crédito con título",
  annualRatePercent: 45,
  requirements: [
    { requirement: "land_title", substitutes: ["association_endorsement"] },
    { requirement: "guarantor" },
  ],
};

/** Urea by the total of all: the first is the cheapest for many, the second sells few, the third is near the middle. */
const partners = [
  {
    phone: cast.suppliers[0],
    name: "Agroinsumos del Huallaga",
    ruc: "20100000017",
    kind: "supplier",
    offers: [
      urea([
        { minimumPacks: 20, priceCentimos: 13_000 },
        { minimumPacks: 100, priceCentimos: 11_800 },
        { minimumPacks: 200, priceCentimos: 9_800 },
      ]),
    ],
  },
  {
    phone: cast.suppliers[1],
    name: "Agroveterinaria El Campo",
    ruc: "20100000025",
    kind: "supplier",
    offers: [urea([{ minimumPacks: 1, priceCentimos: 13_500 }], { stockPacks: 500 })],
  },
  {
    phone: cast.suppliers[2],
    name: "Fertilizantes Nor Oriente",
    ruc: "20100000033",
    kind: "supplier",
    offers: [urea([{ minimumPacks: 50, priceCentimos: 12_000 }])],
  },
  {
    phone: cast.buyer,
    name: "Exportadora Amazonía",
    ruc: "20100000041",
    kind: "buyer",
    offers: [cacaoWanted],
  },
  {
    phone: cast.lender,
    name: "Caja Selva",
    ruc: "20100000050",
    kind: "lender",
    offers: [campaignLoan, titleLoan],
  },
];

export type Partner = { readonly providerId: string; readonly offerIds: readonly string[] };

/**
 * Each is entered by an operator for the person at its phone, publishes what it offers, and is verified by another
 * operator than the one who entered it. By phone.
 */
export async function registerPartners(people: People): Promise<ReadonlyMap<string, Partner>> {
  const registered = new Map<string, Partner>();
  for (const { phone, name, ruc, kind, offers } of partners) {
    await people.join(phone);
    const owner = await people.as(phone);
    const maker = await people.as(cast.firstOperator);
    const { providerId } = await maker.done("POST", "/api/catalog/providers", {
      form: "company",
      kinds: [kind],
      name,
      document: { type: "ruc", number: ruc },
      ...(kind === "lender" ? { lenderRegister: { register: "sbs", number: "4977-2018" } } : {}),
      acceptsConduct: "v1",
      districtCode: tocache,
      personId: owner.personId,
    });
    const provider = `/api/catalog/providers/${providerId}`;
    await maker.done("POST", `${provider}/submission`);
    const checker = await people.as(cast.secondOperator);
    await checker.done("POST", `${provider}/verification`, { evidence: "Ficha RUC y local vistos" });
    const offerIds: string[] = [];
    for (const terms of offers) {
      const { offerId } = await owner.done("POST", `${provider}/offers`, { terms, coverage: ["2210"] });
      offerIds.push(offerId);
    }
    registered.set(phone, { providerId, offerIds });
  }
  return registered;
}
