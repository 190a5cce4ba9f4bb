import type { TermsOf } from "@minka/contracts/offer-terms";
import { addDays } from "@minka/domain/lima-time";
import { loanPurposes } from "@minka/domain/vocabulary";
import type { OfferModel, Soles } from "./offer-model.ts";

const landOrInstead: TermsOf<"credit">["requirements"][number] = {
  requirement: "land_title",
  substitutes: ["possession_certificate", "association_endorsement"],
};
const identity: TermsOf<"credit">["requirements"][number] = {
  requirement: "identity_document",
  substitutes: [],
};

type Loan = Pick<TermsOf<"credit">, "title" | "purposes" | "requirements"> & Partial<TermsOf<"credit">>;

const credit =
  (loan: Loan, annualPercent: Soles): OfferModel =>
  (random) => ({
    kind: "credit",
    crops: [],
    minimumCentimos: 50_000,
    maximumCentimos: random.pick([500_000, 800_000, 1_500_000]),
    annualRatePercent: random.between(annualPercent[0] * 2, annualPercent[1] * 2) / 2,
    minimumMonths: 4,
    maximumMonths: random.pick([12, 18, 24]),
    graceMonths: 0,
    graceInterest: "paid",
    schedule: "monthly",
    openingFeeCentimos: random.pick([0, 0, 1_500]),
    insuranceMonthlyPercent: random.pick([0.06, 0.08, 0.1]),
    instalmentFeeCentimos: random.pick([0, 250]),
    audience: "everyone",
    ...loan,
  });

export const lent: readonly OfferModel[] = [
  credit(
    {
      title: "Crédito para cosecha y jornales",
      purposes: ["harvest", "labour"],
      crops: ["cacao", "coffee"],
      schedule: "harvest",
      harvestMonths: [5, 6, 7, 8],
      requirements: [
        identity,
        landOrInstead,
        { requirement: "harvest_history", substitutes: ["purchase_contract", "technical_visit"] },
      ],
    },
    [24, 38],
  ),
  credit(
    {
      title: "Crédito para abono y plantones",
      purposes: ["fertilizer", "seedlings", "seed", "pesticide"],
      graceMonths: 3,
      graceInterest: "added",
      requirements: [identity, landOrInstead, { requirement: "no_overdue_debt", substitutes: [] }],
    },
    [28, 45],
  ),
  credit(
    {
      title: "Crédito para mujeres productoras",
      purposes: [...loanPurposes],
      minimumCentimos: 30_000,
      maximumCentimos: 300_000,
      audience: "women_only",
      openingFeeCentimos: 0,
      requirements: [
        identity,
        { requirement: "group_guarantee", substitutes: ["association_endorsement", "savings"] },
      ],
      note: "No pedimos título de la chacra ni la firma del esposo.",
    },
    [18, 26],
  ),
  credit(
    {
      title: "Crédito para equipos y herramientas",
      purposes: ["equipment", "tools"],
      minimumCentimos: 80_000,
      minimumMonths: 6,
      maximumMonths: 36,
      requirements: [
        identity,
        {
          requirement: "land_title",
          substitutes: ["possession_certificate", "guarantor", "association_endorsement"],
        },
      ],
    },
    [22, 36],
  ),
];

type Wanted = Pick<TermsOf<"purchase">, "title" | "crop" | "state" | "quality"> &
  Partial<TermsOf<"purchase">>;

const purchase =
  (wanted: Wanted, soles: Soles): OfferModel =>
  (random, { districtCode, today }) => ({
    kind: "purchase",
    minimumKg: random.pick([50, 100, 300]),
    price: { mode: "fixed", centimosPerKg: random.between(soles[0] * 10, soles[1] * 10) * 10 },
    certificates: [],
    delivery: {
      districtCode,
      ...(random.next() < 0.5 ? { from: today, until: addDays(today, random.between(60, 180)) } : {}),
    },
    ...wanted,
  });

export const bought: readonly OfferModel[] = [
  purchase(
    {
      title: "Compra de cacao seco",
      crop: "cacao",
      state: "dry",
      quality: { maximumMoisturePercent: 7.5, minimumFermentationPercent: 65, maximumDefectsPercent: 5 },
    },
    [18, 26],
  ),
  purchase(
    {
      title: "Cacao orgánico bajo en cadmio",
      crop: "cacao",
      state: "dry",
      quality: { maximumMoisturePercent: 7, minimumFermentationPercent: 75, maximumCadmiumMgPerKg: 0.8 },
      certificates: ["organic"],
    },
    [25, 32],
  ),
  purchase({ title: "Compra de cacao en baba", crop: "cacao", state: "wet", quality: {} }, [6, 11]),
  purchase(
    {
      title: "Compra de café pergamino",
      crop: "coffee",
      state: "parchment",
      quality: { maximumMoisturePercent: 12, maximumDefectsPercent: 20 },
    },
    [11, 16],
  ),
  purchase(
    {
      title: "Café especial desde 82 puntos",
      crop: "coffee",
      state: "parchment",
      quality: { maximumMoisturePercent: 12, minimumCupPoints: 82 },
      certificates: ["fair_trade"],
      price: { mode: "differential", reference: "Bolsa de Nueva York", centimosPerKg: 250 },
      note: "El precio se fija el día de la entrega.",
    },
    [16, 24],
  ),
];

type Taught = Pick<TermsOf<"training">, "title" | "topics" | "modality"> & Partial<TermsOf<"training">>;

const training =
  (taught: Taught, days: number, soles: readonly number[]): OfferModel =>
  (random, { districtCode, today }) => {
    const startsOn = addDays(today, random.between(7, 45));
    return {
      kind: "training",
      crops: [],
      startsOn,
      endsOn: addDays(startsOn, days - 1),
      seats: random.pick([20, 25, 40]),
      place: {
        districtCode,
        name: random.pick(["Local comunal", "Parcela demostrativa", "Colegio agropecuario"]),
      },
      priceCentimos: random.pick(soles) * 100,
      audience: "everyone",
      ...taught,
    };
  };

export const taught: readonly OfferModel[] = [
  training(
    {
      title: "Día de campo: poda y plagas del cacao",
      topics: ["pruning", "pest_management"],
      crops: ["cacao"],
      modality: "field_day",
    },
    1,
    [0],
  ),
  training(
    {
      title: "Escuela de excelencia en café",
      topics: ["harvest", "post_harvest"],
      crops: ["coffee"],
      modality: "school_of_excellence",
    },
    5,
    [0, 50, 80],
  ),
  training(
    {
      title: "Taller de cuentas y ahorro para mujeres",
      topics: ["financial_education"],
      modality: "workshop",
      audience: "women_preferred",
    },
    2,
    [0, 10],
  ),
  training(
    { title: "Curso de fermentado y secado", topics: ["post_harvest"], crops: ["cacao"], modality: "course" },
    3,
    [20, 30, 40],
  ),
];
