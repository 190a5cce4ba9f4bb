import type { ProviderRow } from "@minka/catalog";
import type { LimaDay } from "@minka/domain/lima-time";
import type { PersonRow } from "@minka/profiles";
import type { StandingRow } from "@minka/matching";
import { bought, lent, taught } from "./company-offers.ts";
import { consentVersion } from "./make-producers.ts";
import { makeStanding } from "./make-standing.ts";
import { businessNames, personName } from "./names.ts";
import type { OfferModel } from "./offer-model.ts";
import { demoPhone, firstPhone } from "./places.ts";
import type { Random } from "./random.ts";
import { supplied } from "./shop-offers.ts";

export type Company = { person: PersonRow; provider: ProviderRow; standing: StandingRow };
export type CompanyCounts = { readonly suppliers: number; readonly lenders: number; readonly buyers: number };

type CompanyKind = "supplier" | "lender" | "buyer";

/** The towns where companies have their counter. */
const towns = [
  "221001",
  "220901",
  "100601",
  "250301",
  "220601",
  "250101",
  "220101",
  "190308",
  "221005",
  "100604",
  "220804",
];

const firstWords: Readonly<Record<CompanyKind, readonly string[]>> = {
  supplier: ["Agrotienda", "Insumos", "Ferretería Agrícola"],
  lender: ["Caja Rural", "Ahorro y Crédito", "Fondo Agrario"],
  buyer: ["Acopio", "Exportadora", "Chocolatería"],
};

export function makeCompanies(
  random: Random,
  { suppliers, lenders, buyers }: CompanyCounts,
  today: LimaDay,
): Company[] {
  const companies: Company[] = [];
  const add = (kind: CompanyKind, total: number, models: readonly OfferModel[], perCompany: number) => {
    const name = businessNames(random, firstWords[kind]);
    for (let made = 0; made < total; made += 1) {
      // Neighbouring models go together: a shop of fertilizers also has organic ones.
      const offered = Array.from(
        { length: perCompany },
        (_, step) => models[(made * (perCompany - 1) + step) % models.length],
      );
      // Who buys also teaches what it wants to buy.
      if (kind === "buyer" && made % 3 === 0) offered.push(taught[made % taught.length]);
      companies.push(
        makeCompany(random, companies.length + 1, {
          kind,
          name: name(),
          districtCode: towns[companies.length % towns.length] ?? "221001",
          models: offered.filter((model) => model !== undefined),
          today,
        }),
      );
    }
  };
  add("supplier", suppliers, supplied, 4);
  add("lender", lenders, lent, 2);
  add("buyer", buyers, bought, 2);
  return companies;
}

/** Of no real register: the lenders are made up. */
function sampleRegister(number: number) {
  return { register: "other" as const, number: `MUESTRA-${number}`, name: "Registro de muestra" };
}

function makeCompany(
  random: Random,
  number: number,
  {
    kind,
    name,
    districtCode,
    models,
    today,
  }: { kind: CompanyKind; name: string; districtCode: string; models: OfferModel[]; today: LimaDay },
): Company {
  const [personId, providerId] = [random.id(), random.id()];
  const sex = random.next() < 0.4 ? "f" : "m";
  // Shops serve their province, lenders and buyers the region and sometimes the next one.
  const region = districtCode.slice(0, 2);
  const coverage =
    kind === "supplier"
      ? [random.next() < 0.5 ? districtCode.slice(0, 4) : region]
      : [...new Set([region, random.pick(["22", "10", "25", "19"])])];
  return {
    person: {
      id: personId,
      name: personName(random, sex),
      districtCode,
      sex,
      birthYear: random.between(1966, 1999),
      phone: demoPhone(firstPhone.companies + number),
      consentVersion,
      crops: [],
    },
    provider: {
      id: providerId,
      form: "company",
      kinds: [kind],
      ...(kind === "lender" ? { lenderRegister: sampleRegister(number) } : {}),
      name,
      personId,
      districtCode,
      document: null,
      evidence: "Datos de muestra",
      confirmedDaysAgo: random.between(1, 50),
      offers: models.map((model) => ({
        id: random.id(),
        terms: model(random, { districtCode, today }),
        coverage,
      })),
    },
    standing: makeStanding(random, providerId),
  };
}
