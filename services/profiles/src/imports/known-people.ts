import type { Queries } from "@minka/database/connect";
import { maySameName } from "@minka/domain/same-name";
import { and, eq, gt, inArray, ne, or, sql } from "@minka/database/query";
import { memberships, people, phones } from "../tables.ts";
import type { MemberRow } from "./read-member.ts";

type Known = { readonly personId: string; readonly name: string | null; readonly dni: string | null };

export type KnownPeople = {
  readonly byDni: ReadonlyMap<string, Known>;
  readonly byPhone: ReadonlyMap<string, readonly Known[]>;
};

/** A list as one parameter: thousands of them would be thousands of parameters. */
const listed = (values: readonly string[]) =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

/** Who is known by the DNIs and phones of a list. */
export async function findKnownPeople(queries: Queries, rows: readonly MemberRow[]): Promise<KnownPeople> {
  const columns = { personId: people.id, name: people.name, dni: people.dni };
  const dnis = rows.flatMap(({ dni }) => dni ?? []);
  const numbers = rows.flatMap(({ phone }) => phone ?? []);
  const withDni = await queries
    .select(columns)
    .from(people)
    .where(and(sql`${people.dni} in ${listed(dnis)}`, ne(people.state, "erased")));
  const withPhone = await queries
    .select({ ...columns, phone: phones.phone })
    .from(phones)
    .innerJoin(people, eq(people.id, phones.personId))
    .where(sql`${phones.phone} in ${listed(numbers)}`)
    .orderBy(phones.linkedAt, people.id);
  return {
    byDni: new Map(withDni.map((known) => [known.dni ?? "", known])),
    byPhone: Map.groupBy(withPhone, ({ phone }) => phone),
  };
}

/** Whom a row means: somebody known, somebody new, or one of whom that cannot be told. */
export type Meant =
  | { readonly kind: "known"; readonly personId: string }
  | { readonly kind: "new"; readonly sharesPhone: boolean }
  | { readonly kind: "unclear"; readonly by: "dni" | "phone" };

/**
 * A DNI decides, and a phone with a name that may be the same. A phone with another name may be a relative's or a
 * slip: with a DNI of their own it is somebody else, without one it has to be asked.
 */
export function personMeant(row: MemberRow, { byDni, byPhone }: KnownPeople): Meant {
  const sameName = ({ name }: Known) => name === null || maySameName(name, row.name);
  const withDni = row.dni === null ? undefined : byDni.get(row.dni);
  if (withDni)
    return sameName(withDni) ? { kind: "known", personId: withDni.personId } : { kind: "unclear", by: "dni" };
  const atPhone = row.phone === null ? [] : (byPhone.get(row.phone) ?? []);
  const same = atPhone.find(
    (known) => sameName(known) && (row.dni === null || known.dni === null || known.dni === row.dni),
  );
  if (same) return { kind: "known", personId: same.personId };
  if (atPhone.length > 0 && row.dni === null) return { kind: "unclear", by: "phone" };
  return { kind: "new", sharesPhone: atPhone.length > 0 };
}

export type Belonging = { readonly state: "active" | "asked" | "refused"; readonly role: string };

/** Who said no is left in peace this long. */
const peaceDays = 90;

/** How people stand to an organization now: what is open, or a no of late. */
export async function findBelongings(
  queries: Queries,
  organizationId: string,
  personIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Belonging>> {
  const lately = new Date(now.getTime() - peaceDays * 24 * 60 * 60 * 1000);
  const rows = await queries
    .select({ personId: memberships.personId, state: memberships.state, role: memberships.role })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        sql`${memberships.personId}::text in ${listed(personIds)}`,
        or(
          inArray(memberships.state, ["active", "asked"]),
          and(
            eq(memberships.state, "refused"),
            gt(memberships.askedAt, lately),
            inArray(memberships.origin, ["added", "group", "imported"]),
          ),
        ),
      ),
    );
  const found = new Map<string, Belonging>();
  for (const { personId, state, role } of rows) {
    if (state === "ended" || (state === "refused" && found.has(personId))) continue;
    found.set(personId, { state, role });
  }
  return found;
}
