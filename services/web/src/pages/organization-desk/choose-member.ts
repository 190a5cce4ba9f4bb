import { listMembers } from "@minka/contracts/memberships";
import { z } from "zod";
import { hidden } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { pager, withQuery } from "../../design/parts.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { standingOf } from "../../frame/standing.ts";
import { asked, type Asking } from "../../visits/asked.ts";
import type { DeskVisit } from "./own-organization.ts";

/** As many people as one list to choose from still serves; who is further down is on its next part. */
const mostAtOnce = 300;
const partName = "socios";
const nameName = "nombre";

export type Choice = {
  readonly personId: string;
  readonly words: string;
  /** Whole or masked; null for who has none. */
  readonly phone: string | null;
};

/** Members of an organization, among whom one is chosen in a form. */
export type Members = {
  readonly people: readonly Choice[];
  readonly next: string | null;
  /** Everybody is among them: nothing was cut or looked for. */
  readonly whole: boolean;
  /** Who reads names whole may look for one. */
  readonly mayLook: boolean;
  readonly looked: string | undefined;
};

const someLetters = kinds
  .text(80)
  .optional.refine((name) => name === undefined || name.length >= 2, "Escriba al menos dos letras.");

/** Whether profiles gives members' names whole to who visits: to others it masks them. */
export async function readsNamesWhole(visit: DeskVisit): Promise<boolean> {
  if (visit.person.operator) return true;
  const { organizations } = await standingOf(visit);
  return organizations.some(({ id, role }) => id === visit.params.organizationId && role === "manager");
}

/** Names are as profiles gives them to whoever asks: it masks them for who only arranges things. */
export async function readMembers(visit: DeskVisit): Promise<Members> {
  const { organizationId } = visit.params;
  const mayLook = await readsNamesWhole(visit);
  const looked = mayLook ? asked(visit, nameName, someLetters) : undefined;
  const part = await readPart(visit, (cursor) =>
    visit.callIfAny(listMembers, {
      params: { organizationId },
      query: { cursor, limit: 100, ...(looked ? { name: looked } : {}) },
    }),
  );
  const known = part.items.flatMap(({ personId, name, phone }) =>
    personId === null ? [] : [{ personId, name: name ?? "Sin nombre", phone }],
  );
  const times = new Map<string, number>();
  for (const { name } of known) times.set(name, (times.get(name) ?? 0) + 1);
  const people = known
    .map(({ personId, name, phone }) => ({
      personId,
      // Two of one name, or masked as one, are told apart by what both kinds of phones show.
      words: phone && (times.get(name) ?? 0) > 1 ? `${name} (celular terminado en ${phone.slice(-3)})` : name,
      phone,
    }))
    .toSorted((one, other) => one.words.localeCompare(other.words, "es"));
  return { people, next: part.next, whole: part.whole && !looked, mayLook, looked };
}

type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

/** The part of a list, from where the address says, among which somebody can be chosen at once. */
export async function readPart<Item>(
  visit: Asking,
  read: (cursor: string | undefined) => Promise<Page<Item> | null>,
): Promise<Page<Item> & { readonly whole: boolean }> {
  const from = asked(
    visit,
    partName,
    z.preprocess((written) => (written === "" ? undefined : written), z.uuid().optional()),
    "La parte de la lista",
  );
  const items: Item[] = [];
  let cursor = from;
  do {
    const page = await read(cursor);
    items.push(...(page?.items ?? []));
    cursor = page?.next ?? undefined;
  } while (cursor !== undefined && items.length < mostAtOnce);
  return { items, next: cursor ?? null, whole: from === undefined && cursor === undefined };
}

/** To the list's other parts, above the form in which one is chosen. */
export const otherParts = (visit: Pick<DeskVisit, "path" | "query">, next: string | null): Content =>
  pager(visit.path, visit.query, next, partName);

/** Above the form in which a member is chosen: how to find who is not in its list. Nothing where everybody is. */
export function findMember(visit: DeskVisit, { people, next, whole, mayLook, looked }: Members): Content {
  if (whole) return null;
  const { [partName]: _part, [nameName]: _name, hecho: _done, ...query } = visit.query;
  return html`${
      mayLook
        ? html`<form class="filters" method="get" action="${visit.path}" role="search">
            ${Object.entries(query).map(([name, value]) => (value ? hidden(name, value) : null))}
            <div>
              <label for="buscar-socio">Buscar a una socia o socio</label>
              <input id="buscar-socio" name="${nameName}" type="search" value="${looked ?? ""}" />
            </div>
            <button class="quiet-button">Buscar</button>
          </form>`
        : null
    }
    <p class="quiet">
      ${
        looked
          ? html`${people.length === 0 ? "Nadie se llama así." : "Se puede elegir entre quienes se llaman así."}
              <a class="more" href="${withQuery(visit.path, query)}">Ver a todos</a>`
          : `Se puede elegir entre ${people.length} personas; la organización tiene más.`
      }
    </p>
    ${otherParts(visit, next)}`;
}
