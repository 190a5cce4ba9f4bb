import type { TermsOf } from "@minka/contracts/offer-terms";
import type { OfferModel, Soles } from "./offer-model.ts";
import type { Random } from "./random.ts";

/** One pack at this price, less from the tenth on, least from the fortieth. */
function falling(random: Random, soles: Soles): TermsOf<"input">["tiers"] {
  const single = random.between(...soles) * 100;
  const less = (percent: number) => Math.round((single * (100 - percent)) / 5_000) * 50;
  return [
    { minimumPacks: 1, priceCentimos: single },
    { minimumPacks: 10, priceCentimos: less(4) },
    { minimumPacks: 40, priceCentimos: less(9) },
  ];
}

const single = (random: Random, soles: Soles) => [
  { minimumPacks: 1, priceCentimos: random.between(...soles) * 100 },
];

/** Numbers of this form are SENASA's; these are made up, as all of this data. */
export function registerNumber(random: Random): string {
  return `PQUA N° ${random.between(1_000, 3_999)}-SENASA`;
}

type Goods = Pick<TermsOf<"input">, "product" | "title"> & Partial<TermsOf<"input">>;

function input(goods: Goods, soles: Soles, days: Soles = [1, 5]): OfferModel {
  return (random, { districtCode }) => ({
    kind: "input",
    crops: [],
    pack: { amount: 50, unit: "kg" },
    tiers: falling(random, soles),
    delivery: { districtCodes: random.next() < 0.5 ? [districtCode] : [], days: random.between(...days) },
    organicApproved: false,
    ...goods,
  });
}

const pesticide =
  (goods: Goods, soles: Soles): OfferModel =>
  (random, place) => ({
    ...(input(goods, soles)(random, place) as TermsOf<"input">),
    registerNumber: registerNumber(random),
  });

type Tool = Pick<TermsOf<"equipment">, "product" | "title" | "mode"> & Partial<TermsOf<"equipment">>;

const equipment =
  (tool: Tool, soles: Soles): OfferModel =>
  (random) => ({
    kind: "equipment",
    crops: [],
    tiers: single(random, soles),
    delivery: { districtCodes: [], days: random.between(0, 4) },
    ...(tool.mode === "sale" ? { warrantyMonths: random.pick([6, 12]) } : {}),
    ...tool,
  });

type Hired = Pick<TermsOf<"service">, "service" | "title" | "unit"> & Partial<TermsOf<"service">>;

const service =
  (hired: Hired, soles: Soles): OfferModel =>
  (random, { districtCode }) => ({
    kind: "service",
    crops: [],
    priceCentimos: random.between(...soles) * 100,
    place: { districtCode, name: "Local de la tienda" },
    ...hired,
  });

/** Of shops. Neighbours in the list go together: who has fertilizers also has lime. */
export const supplied: readonly OfferModel[] = [
  input({ title: "Urea en saco de 50 kg", product: "urea" }, [130, 165]),
  input({ title: "Abono compuesto 20-20-20", product: "npk" }, [150, 190]),
  input({ title: "Fosfato diamónico", product: "dap" }, [155, 195]),
  input({ title: "Cloruro de potasio", product: "potassium_chloride" }, [120, 160]),
  input(
    { title: "Guano de isla", product: "guano", crops: ["cacao", "coffee"], organicApproved: true },
    [58, 75],
  ),
  input(
    {
      title: "Compost para cacao y café",
      product: "compost",
      crops: ["cacao", "coffee"],
      pack: { amount: 40, unit: "kg" },
      organicApproved: true,
    },
    [22, 35],
  ),
  input(
    {
      title: "Biol en bidón",
      product: "biofertilizer",
      pack: { amount: 20, unit: "liter" },
      organicApproved: true,
    },
    [45, 70],
  ),
  input(
    { title: "Cal agrícola", product: "lime", pack: { amount: 25, unit: "kg" }, organicApproved: true },
    [14, 22],
  ),
  pesticide(
    { title: "Fungicida para moniliasis y roya", product: "fungicide", pack: { amount: 1, unit: "liter" } },
    [58, 95],
  ),
  pesticide(
    {
      title: "Insecticida para broca y mosquilla",
      product: "insecticide",
      pack: { amount: 1, unit: "liter" },
    },
    [42, 80],
  ),
  pesticide(
    {
      title: "Oxicloruro de cobre",
      product: "copper",
      pack: { amount: 1, unit: "kg" },
      organicApproved: true,
    },
    [32, 48],
  ),
  input(
    {
      title: "Plantones de cacao injertado",
      product: "seedling",
      crops: ["cacao"],
      pack: { amount: 1, unit: "unit" },
    },
    [3, 5],
    [10, 30],
  ),
  input(
    {
      title: "Plantones de café catimor",
      product: "seedling",
      crops: ["coffee"],
      pack: { amount: 100, unit: "unit" },
    },
    [90, 140],
    [10, 30],
  ),
  input(
    {
      title: "Semilla certificada de café",
      product: "seed",
      crops: ["coffee"],
      pack: { amount: 1, unit: "kg" },
    },
    [38, 60],
  ),
  equipment({ title: "Mochila de fumigar de 20 litros", product: "sprayer", mode: "sale" }, [140, 280]),
  equipment({ title: "Tijera de podar de dos manos", product: "pruning_shears", mode: "sale" }, [35, 75]),
  equipment(
    { title: "Alquiler de motoguadaña", product: "brush_cutter", mode: "rent", rentPer: "day" },
    [40, 60],
  ),
  equipment(
    { title: "Alquiler de motosierra con operador", product: "chainsaw", mode: "rent", rentPer: "day" },
    [70, 110],
  ),
  equipment({ title: "Arreglo de mochilas y motores", product: "sprayer", mode: "repair" }, [15, 40]),
  equipment(
    { title: "Cajón fermentador de madera", product: "fermentation_box", crops: ["cacao"], mode: "sale" },
    [250, 480],
  ),
  equipment(
    {
      title: "Secador solar por campaña",
      product: "dryer",
      crops: ["cacao", "coffee"],
      mode: "rent",
      rentPer: "season",
    },
    [180, 320],
  ),
  equipment(
    { title: "Despulpadora manual de café", product: "pulper", crops: ["coffee"], mode: "sale" },
    [650, 1_400],
  ),
  equipment({ title: "Balanza de 200 kg", product: "scale", mode: "sale" }, [220, 420]),
  service(
    { title: "Análisis de suelo", service: "laboratory", unit: "sample", monthlyCapacity: 200 },
    [60, 110],
  ),
  service(
    {
      title: "Análisis de cadmio en grano",
      service: "laboratory",
      crops: ["cacao"],
      unit: "sample",
      monthlyCapacity: 120,
    },
    [90, 150],
  ),
  service(
    { title: "Catación y perfil de taza", service: "cupping", crops: ["coffee"], unit: "sample" },
    [40, 90],
  ),
  service(
    { title: "Secado de grano por quintal", service: "drying", crops: ["cacao", "coffee"], unit: "quintal" },
    [8, 20],
  ),
  service({ title: "Inspección interna para certificar", service: "inspection", unit: "plot" }, [45, 80]),
  service({ title: "Internet en el local, por mes", service: "internet", unit: "month" }, [30, 60]),
];
