import type { CallInput } from "@minka/contracts/endpoint";
import type { listOffers } from "@minka/contracts/catalog";
import {
  crops,
  equipmentProducts,
  hiredServices,
  inputProducts,
  kinds,
  topics,
  type Kind,
} from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import { withQuery } from "../../design/parts.ts";
import { money, text } from "../../forms/field-kinds.ts";
import { asked, askedCursor, askedOf, type Asking } from "../../visits/asked.ts";

const orders = ["cerca", "precio", "reciente"] as const;

/** What the address asks for. */
export type OffersQuery = {
  readonly tipo: Kind | undefined;
  readonly cultivo: (typeof crops)[number] | undefined;
  readonly cosa: string | undefined;
  /** In céntimos. */
  readonly hasta: number | undefined;
  readonly buscar: string | undefined;
  readonly orden: (typeof orders)[number] | undefined;
  readonly desde: string | undefined;
};

export function readOffersQuery(visit: Asking): OffersQuery {
  const tipo = askedOf(visit, "tipo", kinds, "Qué se ofrece");
  const cosa = visit.query["cosa"];
  return {
    tipo,
    cultivo: askedOf(visit, "cultivo", crops),
    // What is named belongs to its kind: who changes the kind leaves it behind.
    cosa: subjectsOf(tipo).some(({ value }) => value === cosa) ? cosa : undefined,
    hasta: asked(visit, "hasta", money({ least: 1, most: 1_000_000 }).optional, "Precio hasta"),
    buscar: asked(visit, "buscar", text(120).optional, "Qué busca"),
    orden: askedOf(visit, "orden", orders),
    desde: askedCursor(visit),
  };
}

type Subject = { readonly value: string; readonly words: string };

const subjects = (group: "topic" | "product" | "service", values: readonly string[]): Subject[] =>
  values
    .map((value) => ({ value, words: word(group, value) }))
    .toSorted((one, other) => one.words.localeCompare(other.words, "es"));
const aboutTopics = subjects("topic", topics);
const byKind: Readonly<Record<Kind, readonly Subject[]>> = {
  assistance: aboutTopics,
  training: aboutTopics,
  input: subjects("product", inputProducts),
  equipment: subjects("product", equipmentProducts),
  service: subjects("service", hiredServices),
  credit: [],
  purchase: [],
};

/** What a kind of offers can be about. */
export const subjectsOf = (kind: Kind | undefined): readonly Subject[] => (kind ? byKind[kind] : []);

const oneOf = <const Values extends readonly string[]>(values: Values, value: string | undefined) =>
  values.find((known): known is Values[number] => known === value);

const sorts = { cerca: "nearest", precio: "price", reciente: "freshest" } as const;

export const aPage = 20;

/** As the catalog is asked. */
export function offersCall(
  { tipo, cultivo, cosa, hasta, buscar, orden, desde }: OffersQuery,
  districtCode: string | undefined,
): CallInput<typeof listOffers>["query"] {
  const about =
    tipo === "assistance" || tipo === "training"
      ? { topic: oneOf(topics, cosa) }
      : tipo === "service"
        ? { service: oneOf(hiredServices, cosa) }
        : { product: oneOf([...inputProducts, ...equipmentProducts], cosa) };
  // Who says where the farm is wants to see who is near; who says a word, what is called so.
  const first = orden ?? (districtCode && !buscar ? "cerca" : undefined);
  const sort = first === "cerca" && !districtCode ? undefined : first && sorts[first];
  return {
    ...about,
    kind: tipo,
    crop: cultivo,
    q: buscar,
    districtCode,
    maximumPriceCentimos: hasta,
    sort,
    cursor: desde,
    limit: aPage,
  };
}

/** The address of a list with these filters. */
export function offersAddress(
  query: Partial<OffersQuery> & { distrito?: string | undefined; lugar?: string | undefined },
): string {
  return withQuery("/ofertas", query);
}
