import { DomainError } from "@minka/domain/errors";
import { z } from "zod";
import { html, type Content } from "../design/html.ts";
import { choice, day } from "../forms/field-kinds.ts";
import type { Visit } from "./visit.ts";

/**
 * What a list is narrowed by, as its address asks. What cannot be read is left out of the list and remembered by the
 * visit: the frame says so above the page, so that nobody takes the whole list for the part they asked for.
 */

/** A filter that was not understood: what it is called on the page, what was written, and what would be understood. */
export type Misread = { readonly label: string; readonly written: string; readonly why: string };

export type Asking = Pick<Visit, "query" | "misread">;

/** Filters have the same name in the address wherever they mean the same. */
const labels: Readonly<Record<string, string>> = {
  acuerdo: "Cómo va",
  agente: "Quién visita",
  al: "Hasta el día",
  clase: "Qué es",
  comprobada: "Comprobada",
  cosa: "Qué busca",
  cultivo: "Cultivo",
  de: "Desde",
  del: "Desde el día",
  dia: "Día",
  distrito: "Distrito",
  estado: "Cómo está",
  hasta: "Hasta",
  lugar: "Distrito o región",
  mes: "Mes",
  nombre: "Nombre",
  orden: "Primero",
  parte: "Parte",
  rol: "Qué hacen",
  sexo: "Sexo",
  tipo: "Tipo",
};

/** What an address asks for under this name; undefined where it asks nothing, or nothing that can be understood. */
export function asked<Value>(
  visit: Asking,
  name: string,
  kind: z.ZodType<Value | undefined>,
  label = labels[name] ?? name,
): Value | undefined {
  const read = kind.safeParse(visit.query[name]);
  if (read.success) return read.data;
  misread(visit, name, read.error.issues[0]?.message ?? "", label);
  return undefined;
}

export const askedOf = <const Value extends string>(
  visit: Asking,
  name: string,
  values: readonly Value[],
  label?: string,
): Value | undefined => {
  const [first, ...others] = values;
  return first === undefined ? undefined : asked(visit, name, choice([first, ...others]).optional, label);
};

export const askedDay = (visit: Asking, name: string): string | undefined =>
  asked(visit, name, day().optional);

/** Where a list goes on, by the names in the address; pages of two lists have two. */
const cursorNames = ["desde", "parcelas", "cosechas", "socios"] as const;
const cursorLabel = "La parte de la lista";
const fromStart = "Se empieza por el comienzo.";

/** As all lists write where a page ends: an id, or places in base64url. */
const cursorKind = z.preprocess(
  (written) => (written === "" ? undefined : written),
  z
    .string()
    .regex(/^[\w-]{1,200}$/, { error: fromStart })
    .optional(),
);

/** Where a list goes on, as `next` of its page before said it. */
export const askedCursor = (
  visit: Asking,
  name: (typeof cursorNames)[number] = "desde",
): string | undefined => asked(visit, name, cursorKind, cursorLabel);

/**
 * The visit without its place in a list, where the list says that it gave no such place: an old link, or other filters.
 * Null for every other refusal.
 */
export function fromBeginning<Visiting extends Asking>(visit: Visiting, refused: unknown): Visiting | null {
  const given = cursorNames.filter((name) => visit.query[name]);
  if (given.length === 0 || !(refused instanceof DomainError) || refused.category !== "invalid") return null;
  if (refused.code !== "cursor-wrong" && !refused.errors.some(({ path }) => path === "query.cursor"))
    return null;
  for (const name of given) misread(visit, name, fromStart, cursorLabel);
  return {
    ...visit,
    query: { ...visit.query, ...Object.fromEntries(given.map((name) => [name, undefined])) },
  };
}

/** For what a kind of field cannot tell alone, such as a period that ends before it begins. */
export function misread(visit: Asking, name: string, why: string, label = labels[name] ?? name): void {
  visit.misread.set(name, { label, written: visit.query[name] ?? "", why });
}

/** The filters as a form shows them: what was read, and as it was written what was not. */
export const withMisread = <Values extends Readonly<Record<string, string | undefined>>>(
  { misread: wrong }: Asking,
  values: Values,
): Values => ({ ...values, ...Object.fromEntries([...wrong].map(([name, { written }]) => [name, written])) });

export function misreadNotice({ misread: wrong }: Asking): Content {
  if (wrong.size === 0) return null;
  return html`<p class="notice" role="status">
    ${[...wrong.values()].map(({ label, written, why }) => html`No entendimos «${written.slice(0, 60)}» en <strong>${label}</strong>. ${why} `)}
    Mientras tanto, la lista se muestra sin eso.
  </p>`;
}
