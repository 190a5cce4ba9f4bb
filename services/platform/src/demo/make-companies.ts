import type { OfferTerms } from "@minka/contracts/catalog";
import type { ProviderRow } from "@minka/catalog";
import type { PersonRow } from "@minka/profiles";
import type { StandingRow } from "@minka/matching";
import { consentVersion } from "./make-producers.ts";
import { makeStanding } from "./make-standing.ts";
import { businessNames, personName } from "./names.ts";
import { demoPhone, firstPhone } from "./places.ts";
import type { Random } from "./random.ts";

export type Company = { person: PersonRow; provider: ProviderRow; standing: StandingRow };
export type CompanyCounts = { readonly suppliers: number; readonly lenders: number; readonly buyers: number };

type CompanyKind = "supplier" | "lender" | "buyer";
type OtherTerms = Exclude<OfferTerms, { kind: "assistance" }>;
type Model = Omit<OtherTerms, "priceCentimos"> & { soles: readonly [low: number, high: number] | null };

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

const supplied: readonly Model[] = [
  {
    kind: "input",
    title: "Abonos por saco de 50 kg",
    products: ["urea", "dap", "potassium_chloride", "npk"],
    crops: [],
    soles: [110, 190],
    priceUnit: "saco",
  },
  {
    kind: "input",
    title: "Abonos orgánicos para cacao y café",
    products: ["guano", "compost", "biofertilizer"],
    crops: ["cacao", "coffee"],
    soles: [25, 75],
    priceUnit: "saco",
  },
  {
    kind: "input",
    title: "Control de plagas y hongos",
    products: ["fungicide", "insecticide", "copper"],
    crops: [],
    soles: [28, 95],
    priceUnit: "litro",
  },
  {
    kind: "input",
    title: "Plantones de cacao injertado",
    products: ["seedling"],
    crops: ["cacao"],
    soles: [2, 5],
    priceUnit: "plantón",
  },
  {
    kind: "input",
    title: "Plantones y semilla de café",
    products: ["seedling", "seed"],
    crops: ["coffee"],
    soles: [1, 3],
    priceUnit: "plantón",
  },
  {
    kind: "equipment",
    title: "Mochilas de fumigar y tijeras de podar",
    products: ["sprayer", "pruning_shears", "saw"],
    crops: [],
    soles: [35, 280],
    priceUnit: "unidad",
  },
  {
    kind: "equipment",
    title: "Alquiler de motoguadaña y motosierra",
    products: ["brush_cutter", "chainsaw"],
    crops: [],
    soles: [40, 80],
    priceUnit: "día",
  },
  {
    kind: "equipment",
    title: "Cajones de fermentar y secadores",
    products: ["fermentation_box", "dryer"],
    crops: ["cacao"],
    soles: [250, 900],
    priceUnit: "unidad",
  },
  {
    kind: "equipment",
    title: "Despulpadoras y balanzas",
    products: ["pulper", "scale"],
    crops: ["coffee"],
    soles: [300, 1_400],
    priceUnit: "unidad",
  },
  {
    kind: "service",
    title: "Análisis de suelo y de cadmio",
    products: ["laboratory"],
    crops: [],
    soles: [60, 150],
    priceUnit: "muestra",
  },
  {
    kind: "service",
    title: "Catación y perfil de taza",
    products: ["cupping"],
    crops: ["coffee"],
    soles: [40, 90],
    priceUnit: "muestra",
  },
  {
    kind: "service",
    title: "Secado de grano por quintal",
    products: ["drying"],
    crops: ["cacao", "coffee"],
    soles: [8, 20],
    priceUnit: "quintal",
  },
];

const lent: readonly Model[] = [
  {
    kind: "credit",
    title: "Crédito para cosecha y jornales",
    products: ["harvest", "labour"],
    crops: ["cacao", "coffee"],
    soles: null,
    priceUnit: null,
  },
  {
    kind: "credit",
    title: "Crédito para abono y plantones",
    products: ["fertilizer", "seedlings", "seed", "pesticide"],
    crops: [],
    soles: null,
    priceUnit: null,
  },
  {
    kind: "credit",
    title: "Crédito para mujeres productoras",
    products: [],
    crops: [],
    soles: null,
    priceUnit: null,
  },
  {
    kind: "credit",
    title: "Crédito para equipos y herramientas",
    products: ["equipment", "tools"],
    crops: [],
    soles: null,
    priceUnit: null,
  },
];

const bought: readonly Model[] = [
  {
    kind: "purchase",
    title: "Compra de cacao seco",
    products: ["dry"],
    crops: ["cacao"],
    soles: [18, 30],
    priceUnit: "kg",
  },
  {
    kind: "purchase",
    title: "Compra de cacao en baba",
    products: ["wet"],
    crops: ["cacao"],
    soles: [6, 11],
    priceUnit: "kg",
  },
  {
    kind: "purchase",
    title: "Compra de café pergamino",
    products: ["parchment"],
    crops: ["coffee"],
    soles: [11, 18],
    priceUnit: "kg",
  },
  {
    kind: "purchase",
    title: "Compra de café especial desde 80 puntos",
    products: ["parchment"],
    crops: ["coffee"],
    soles: [16, 26],
    priceUnit: "kg",
  },
];

const firstWords: Readonly<Record<CompanyKind, readonly string[]>> = {
  supplier: ["Agrotienda", "Insumos", "Ferretería Agrícola"],
  lender: ["Caja Rural", "Ahorro y Crédito", "Fondo Agrario"],
  buyer: ["Acopio", "Exportadora", "Chocolatería"],
};

export function makeCompanies(random: Random, { suppliers, lenders, buyers }: CompanyCounts): Company[] {
  const companies: Company[] = [];
  const add = (kind: CompanyKind, total: number, models: readonly Model[], perCompany: number) => {
    const name = businessNames(random, firstWords[kind]);
    for (let made = 0; made < total; made += 1) {
      // Neighbouring models go together: a shop of fertilizers also has organic ones.
      const offered = Array.from({ length: perCompany }, (_, step) => models[(made + step) % models.length]);
      companies.push(
        makeCompany(random, companies.length + 1, {
          kind,
          name: name(),
          districtCode: towns[companies.length % towns.length] ?? "221001",
          models: offered.filter((model) => model !== undefined),
        }),
      );
    }
  };
  add("supplier", suppliers, supplied, 2);
  add("lender", lenders, lent, 1);
  add("buyer", buyers, bought, 1);
  return companies;
}

function makeCompany(
  random: Random,
  number: number,
  {
    kind,
    name,
    districtCode,
    models,
  }: { kind: CompanyKind; name: string; districtCode: string; models: Model[] },
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
      kind,
      name,
      personId,
      districtCode,
      document: null,
      evidence: "Datos de muestra",
      confirmedDaysAgo: random.between(1, 120),
      offers: models.map(({ soles, ...terms }) => ({
        id: random.id(),
        terms: { ...terms, priceCentimos: soles && random.between(...soles) * 100 },
        coverage,
      })),
    },
    standing: makeStanding(random, providerId),
  };
}
