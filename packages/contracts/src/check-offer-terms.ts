import type { FieldError } from "@minka/domain/errors";
import { addDays, type LimaDay } from "@minka/domain/lima-time";
import type { InputProduct, Kind } from "@minka/domain/vocabulary";
import type { OfferTerms, TermsOf } from "./offer-terms.ts";
import type { ProviderKind } from "./providers.ts";

/** What each kind of provider may offer. A loan is offered by lenders alone: they have a register to be in. */
export const offeredBy: Readonly<Record<ProviderKind, readonly Kind[]>> = {
  agent: ["assistance", "training", "input", "equipment", "service"],
  supplier: ["input", "equipment", "service", "training", "assistance"],
  lender: ["credit", "training"],
  buyer: ["purchase", "training", "assistance", "service", "input"],
  trainer: ["training", "assistance", "service"],
};

/** Products that may be sold only with a number of the national register of pesticides (SENASA). */
const pesticides: ReadonlySet<InputProduct> = new Set(["fungicide", "insecticide", "herbicide", "copper"]);

/** Whether it is a pesticide without its number: never to be sold, and so never found. */
export function isUnregistered(terms: OfferTerms): boolean {
  return (
    terms.kind === "input" && pesticides.has(terms.product) && (terms.registerNumber ?? "").trim() === ""
  );
}

/**
 * What is never approved for organic farming: synthetic nitrogen and phosphate, and weed killers (Reglamento
 * Técnico para los Productos Orgánicos, DS 044-2006-AG).
 */
const neverOrganic: ReadonlySet<InputProduct> = new Set(["urea", "dap", "npk", "herbicide"]);

type TermsFacts = {
  readonly providerKinds: readonly ProviderKind[];
  /** Whether the provider says in which register of lenders it is. */
  readonly registeredLender: boolean;
  readonly today: LimaDay;
  /** Whether an INEI code is a district's. */
  readonly isDistrict: (code: string) => boolean;
};

/**
 * The rules that look at several fields of an offer's terms, or beyond them. Paths begin at the terms' own fields;
 * no errors means that the terms hold.
 */
export function checkOfferTerms(terms: OfferTerms, facts: TermsFacts): FieldError[] {
  if (!facts.providerKinds.some((kind) => offeredBy[kind].includes(terms.kind))) {
    return [
      { path: "kind", message: `is not offered by a provider of kind ${facts.providerKinds.join(", ")}` },
    ];
  }
  return ownRules(terms, facts);
}

function ownRules(terms: OfferTerms, facts: TermsFacts): FieldError[] {
  switch (terms.kind) {
    case "assistance":
      return terms.specialistTopics.flatMap((topic, index) =>
        when(!terms.topics.includes(topic), `specialistTopics.${index}`, "is none of the topics"),
      );
    case "training":
      return [
        ...when(terms.endsOn < terms.startsOn, "endsOn", "is before the training begins"),
        ...lastDay(terms.endsOn, "endsOn", facts),
        ...unknownDistrict(terms.place.districtCode, "place.districtCode", facts),
      ];
    case "input":
      return [...inputRules(terms), ...deliveryRules(terms, facts)];
    case "equipment":
      return [
        ...when(terms.mode === "rent" && !terms.rentPer, "rentPer", "is needed: what is the rent for?"),
        ...when(terms.mode !== "rent" && terms.rentPer !== undefined, "rentPer", "is for rent alone"),
        ...when(
          terms.mode !== "sale" && terms.warrantyMonths !== undefined,
          "warrantyMonths",
          "is for what is sold",
        ),
        ...deliveryRules(terms, facts),
      ];
    case "service":
      return terms.place ? unknownDistrict(terms.place.districtCode, "place.districtCode", facts) : [];
    case "credit":
      return [
        ...when(!facts.registeredLender, "kind", "is offered by lenders that name their register alone"),
        ...creditRules(terms),
      ];
    case "purchase":
      return purchaseRules(terms, facts);
  }
}

function inputRules(terms: TermsOf<"input">): FieldError[] {
  const { product, organicApproved, pack } = terms;
  return [
    ...when(
      isUnregistered(terms),
      "registerNumber",
      "is needed: pesticides are sold with their number of SENASA's register",
    ),
    ...when(organicApproved && neverOrganic.has(product), "organicApproved", `is never so for ${product}`),
    ...when(pack.unit === "unit" && !Number.isInteger(pack.amount), "pack.amount", "counts whole pieces"),
  ];
}

function deliveryRules(
  { delivery }: TermsOf<"input"> | TermsOf<"equipment">,
  facts: TermsFacts,
): FieldError[] {
  return delivery.districtCodes.flatMap((code, index) =>
    unknownDistrict(code, `delivery.districtCodes.${index}`, facts),
  );
}

function creditRules(terms: TermsOf<"credit">): FieldError[] {
  const { minimumCentimos, maximumCentimos, minimumMonths, maximumMonths, graceMonths } = terms;
  return [
    ...when(minimumCentimos < 1_00, "minimumCentimos", "is at least one sol"),
    ...when(maximumCentimos < minimumCentimos, "maximumCentimos", "is less than the minimum"),
    ...when(maximumMonths < minimumMonths, "maximumMonths", "is less than the minimum"),
    ...when(
      graceMonths >= minimumMonths,
      "graceMonths",
      "leaves no month to pay in: it must be less than minimumMonths",
    ),
    ...when(
      terms.schedule === "harvest" && terms.harvestMonths === undefined,
      "harvestMonths",
      "are needed: in which months is it paid?",
    ),
    ...when(
      terms.schedule === "monthly" && terms.harvestMonths !== undefined,
      "harvestMonths",
      "are for a harvest schedule alone",
    ),
    ...when(
      terms.openingFeeCentimos * 2 > minimumCentimos,
      "openingFeeCentimos",
      "takes more than half of the smallest loan",
    ),
    ...when(
      terms.instalmentFeeCentimos > minimumCentimos,
      "instalmentFeeCentimos",
      "is more than the smallest loan",
    ),
    ...terms.requirements.flatMap(({ requirement, substitutes }, index) => [
      ...when(
        terms.requirements.findIndex((other) => other.requirement === requirement) < index,
        `requirements.${index}.requirement`,
        "is asked for twice",
      ),
      ...when(
        substitutes.includes(requirement),
        `requirements.${index}.substitutes`,
        "name the requirement itself",
      ),
    ]),
  ];
}

/** In which states each crop is bought, where it matters; others are bought as they are. */
const boughtStates: Partial<Record<TermsOf<"purchase">["crop"], readonly TermsOf<"purchase">["state"][]>> = {
  cacao: ["wet", "dry"],
  coffee: ["wet", "dry", "parchment", "green"],
};

function purchaseRules(terms: TermsOf<"purchase">, facts: TermsFacts): FieldError[] {
  const { crop, state, minimumKg, maximumKg, quality, delivery } = terms;
  return [
    ...when(!(boughtStates[crop] ?? ["wet", "dry"]).includes(state), "state", `is no state of ${crop}`),
    ...when(maximumKg !== undefined && maximumKg < minimumKg, "maximumKg", "is less than the minimum"),
    ...when(
      quality.minimumFermentationPercent !== undefined && crop !== "cacao",
      "quality.minimumFermentationPercent",
      "is asked of cacao alone",
    ),
    ...when(
      quality.maximumCadmiumMgPerKg !== undefined && crop !== "cacao",
      "quality.maximumCadmiumMgPerKg",
      "is asked of cacao alone",
    ),
    ...when(
      quality.minimumCupPoints !== undefined && crop !== "coffee",
      "quality.minimumCupPoints",
      "are asked of coffee alone",
    ),
    ...unknownDistrict(delivery.districtCode, "delivery.districtCode", facts),
    ...when(
      delivery.from !== undefined && delivery.until !== undefined && delivery.until < delivery.from,
      "delivery.until",
      "is before the window opens",
    ),
    ...(delivery.until === undefined ? [] : lastDay(delivery.until, "delivery.until", facts)),
  ];
}

/** Nobody plans further ahead; a later year is a slip, and would keep the offer for ever. */
const farthestDays = 3 * 366;

function lastDay(day: LimaDay, path: string, { today }: TermsFacts): FieldError[] {
  return [
    ...when(day < today, path, "is over already"),
    ...when(day > addDays(today, farthestDays), path, "is more than three years away"),
  ];
}

function unknownDistrict(code: string, path: string, { isDistrict }: TermsFacts): FieldError[] {
  return when(!isDistrict(code), path, "is not the INEI code of a district");
}

function when(wrong: boolean, path: string, message: string): FieldError[] {
  return wrong ? [{ path, message }] : [];
}
