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
import { z } from "zod";
import { withQuery } from "../../design/parts.ts";

type Query = Readonly<Record<string, string | undefined>>;

const asked = z.object({
  tipo: z.enum(kinds).optional().catch(undefined),
  cultivo: z.enum(crops).optional().catch(undefined),
  cosa: z.string().max(40).optional().catch(undefined),
  hasta: z.coerce.number().min(1).max(1_000_000).optional().catch(undefined),
  buscar: z.string().trim().min(1).max(120).optional().catch(undefined),
  orden: z.enum(["cerca", "precio", "reciente"]).optional().catch(undefined),
  desde: z.string().min(1).max(200).optional().catch(undefined),
});
/** What the address asks for; anything that cannot be read in it is ignored. */
export type OffersQuery = z.output<typeof asked>;

export function readOffersQuery(query: Query): OffersQuery {
  const filled = Object.fromEntries(Object.entries(query).filter(([, value]) => value?.trim() !== ""));
  const read = asked.parse(filled);
  // What is named belongs to its kind: a link to "poda" among fertilizers would find nothing.
  const known = subjectsOf(read.tipo).some(({ value }) => value === read.cosa);
  return { ...read, cosa: known ? read.cosa : undefined };
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
    maximumPriceCentimos: hasta === undefined ? undefined : Math.round(hasta * 100),
    sort,
    cursor: desde,
    limit: 20,
  };
}

/** The address of a list with these filters. */
export function offersAddress(
  query: Partial<OffersQuery> & { distrito?: string | undefined; lugar?: string | undefined },
): string {
  return withQuery("/ofertas", query);
}
