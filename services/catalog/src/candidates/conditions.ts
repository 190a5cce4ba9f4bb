import type { CandidateSearch } from "@minka/contracts/catalog";
import type { Need } from "@minka/contracts/need";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { harvestKg, harvestUnits } from "@minka/domain/harvest-weights";
import { loanRequirements, type Certificate, type LoanRequirement } from "@minka/domain/vocabulary";

/** What an offer demands beside kind, subject, crop and place, as its listing keeps it. */
export type Conditions = {
  /** Céntimos of a loan, kg of a harvest. */
  readonly least: number | null;
  readonly most: number | null;
  /** First and last day in Lima. */
  readonly opensOn: string | null;
  readonly closesOn: string | null;
  readonly state: string | null;
  readonly quality: Quality | null;
  readonly certificates: readonly Certificate[];
  readonly packAmount: number | null;
  readonly packUnit: string | null;
  readonly leastPacks: number | null;
  readonly stockPacks: number | null;
  /** Each a requirement with what would do instead: see `requirementBits`. */
  readonly requirements: readonly number[];
};
type Quality = Extract<OfferTerms, { kind: "purchase" }>["quality"];

const none: Conditions = {
  least: null,
  most: null,
  opensOn: null,
  closesOn: null,
  state: null,
  quality: null,
  certificates: [],
  packAmount: null,
  packUnit: null,
  leastPacks: null,
  stockPacks: null,
  requirements: [],
};

export function conditionsOf(terms: OfferTerms): Conditions {
  switch (terms.kind) {
    case "training":
      return { ...none, closesOn: terms.endsOn };
    case "input":
      return { ...none, packAmount: terms.pack.amount, packUnit: terms.pack.unit, ...packsOf(terms) };
    case "equipment":
      return { ...none, packAmount: 1, packUnit: "unit", ...packsOf(terms) };
    case "credit":
      return {
        ...none,
        least: terms.minimumCentimos,
        most: terms.maximumCentimos,
        requirements: terms.requirements.map(({ requirement, substitutes }) =>
          requirementBits(requirement, substitutes),
        ),
      };
    case "purchase":
      return {
        ...none,
        // Who has more than a buyer takes can sell a part.
        least: terms.minimumKg,
        opensOn: terms.delivery.from ?? null,
        closesOn: terms.delivery.until ?? null,
        state: terms.state,
        quality: terms.quality,
        certificates: terms.certificates,
      };
    default:
      return none;
  }
}

function packsOf({ tiers, stockPacks }: Extract<OfferTerms, { kind: "input" | "equipment" }>) {
  return { leastPacks: tiers[0]?.minimumPacks ?? null, stockPacks: stockPacks ?? null };
}

/** Of the word list, which only grows at its end: a test holds it to that. */
const ownShift = 16;
export const acceptedBits = (1 << ownShift) - 1;

/** In the low 16 bits what would do, the requirement itself and its substitutes; above them which one it is. */
function requirementBits(requirement: LoanRequirement, substitutes: readonly LoanRequirement[]): number {
  return (loanRequirements.indexOf(requirement) << ownShift) | heldBits([requirement, ...substitutes]);
}

export function heldBits(held: readonly LoanRequirement[]): number {
  return held.reduce((bits, one) => bits | (1 << loanRequirements.indexOf(one)), 0);
}

/** Those that are not known to be met, by themselves or by what would do instead. */
export function requirementsMissing(asked: readonly number[], held: number): LoanRequirement[] {
  return asked.flatMap((bits) => ((bits & acceptedBits & held) === 0 ? requirementOf(bits) : []));
}

/** Those of which it is known that neither they nor anything that would do is there. */
export function requirementsLacked(asked: readonly number[], lacked: number): LoanRequirement[] {
  return asked.flatMap((bits) => ((bits & acceptedBits & ~lacked) === 0 ? requirementOf(bits) : []));
}

function requirementOf(bits: number): LoanRequirement[] {
  const found = loanRequirements[bits >> ownShift];
  return found ? [found] : [];
}

/** What is held against the conditions; null or nothing where the search says nothing of it. */
export type Held = {
  /** Céntimos of a loan or kg of a harvest. */
  readonly amount: number | null;
  readonly on: string;
  readonly state: string | null;
  readonly quality: NonNullable<Need["quality"]>;
  readonly lacksCertificates: readonly Certificate[];
  /** How many of what: of a pack's own measure, or packs. */
  readonly quantity: number | null;
  readonly unit: "pack" | "kg" | "liter" | "unit" | null;
  /** Of what lenders ask for, as bits. */
  readonly lacks: number;
  /** Whether a listing has to be looked at at all: for most searches postings say enough. */
  readonly looks: boolean;
};

/** Throws nothing; `today` is a day in Lima. */
export function heldBy(search: CandidateSearch, today: string): Held {
  const { need, requester } = search;
  const sells = need.kind === "purchase";
  const amount = amountOf(need);
  const wanted = quantityOf(need);
  const lacks = need.kind === "credit" ? heldBits(requester.lacks) & ~heldBits(requester.holds) : 0;
  return {
    amount,
    on: search.on ?? today,
    state: sells ? stateOf(search) : null,
    quality: sells ? (need.quality ?? {}) : {},
    lacksCertificates: sells ? lackedCertificates(search) : [],
    quantity: wanted?.quantity ?? null,
    unit: wanted?.unit ?? null,
    lacks,
    looks: sells || need.kind === "training" || amount !== null || wanted !== null || lacks !== 0,
  };
}

/** What was named holds always; what is only known of the last harvest gives way in a wider search. */
function stateOf({ need, requester, wider }: CandidateSearch): string | null {
  const known = wider ? undefined : requester.sells.find(({ crop }) => crop === need.crop)?.state;
  return need.state ?? known ?? null;
}

function lackedCertificates({ need, requester }: CandidateSearch): Certificate[] {
  const held = heldCertificates(requester, need.crop);
  return certificatesFor(requester.lacksCertificates, need.crop).filter((one) => !held.includes(one));
}

/** Which certificates somebody has for a crop. */
export function heldCertificates(
  { certificates }: CandidateSearch["requester"],
  crop: string | undefined,
): Certificate[] {
  return certificatesFor(certificates, crop);
}

function certificatesFor(
  known: readonly { certificate: Certificate; crop: string | null }[],
  crop: string | undefined,
): Certificate[] {
  return known.flatMap((one) => (one.crop === null || one.crop === crop ? one.certificate : []));
}

/** How much is asked for, in the unit in which offers of the kind set their limits. */
function amountOf(need: Need): number | null {
  if (need.kind === "credit") return need.amountCentimos ?? null;
  const unit = harvestUnits.find((known) => known === need.unit);
  if (need.kind !== "purchase" || need.quantity === undefined || unit === undefined) return null;
  return harvestKg({ amount: need.quantity, unit });
}

/** A bag is a pack, whatever it holds. Without a unit only pieces of equipment are meant for sure. */
function quantityOf({ kind, quantity, unit }: Need): { quantity: number; unit: Held["unit"] } | null {
  if (quantity === undefined || (kind !== "input" && kind !== "equipment")) return null;
  if (unit === "bag") return { quantity, unit: "pack" };
  if (unit === undefined) return kind === "equipment" ? { quantity, unit: "unit" } : null;
  if (unit === "liter" || unit === "unit") return { quantity, unit };
  return { quantity: harvestKg({ amount: quantity, unit }), unit: "kg" };
}

/** So that 0.3 kg in packs of 0.1 are three. */
export const packFuzz = 1e-9;

/** How many packs somebody asks for; null where what they count is not what a pack is measured in. */
export function packsAsked({ quantity, unit }: Held, { packAmount, packUnit }: Conditions): number | null {
  if (quantity === null || packAmount === null) return null;
  if (unit === "pack") return Math.ceil(quantity - packFuzz);
  return unit === packUnit ? Math.ceil(quantity / packAmount - packFuzz) : null;
}
