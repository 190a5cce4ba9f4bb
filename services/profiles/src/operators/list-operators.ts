import type { Operator } from "@minka/contracts/operators";
import type { Queries } from "@minka/database/connect";
import { and, asc, eq, isNull } from "@minka/database/query";
import { operators, people } from "../tables.ts";

const columns = {
  personId: operators.personId,
  name: people.name,
  appointedAt: operators.appointedAt,
  appointedBy: operators.appointedBy,
};

export async function listOperators(queries: Queries): Promise<{ operators: Operator[] }> {
  const rows = await queries
    .select(columns)
    .from(operators)
    .innerJoin(people, eq(people.id, operators.personId))
    .where(and(isNull(operators.dismissedAt), eq(people.state, "active")))
    .orderBy(asc(operators.appointedAt), asc(operators.personId));
  return { operators: rows.map((row) => ({ ...row, appointedAt: row.appointedAt.toISOString() })) };
}

export async function readOperator(queries: Queries, personId: string): Promise<Operator | undefined> {
  const [row] = await queries
    .select(columns)
    .from(operators)
    .innerJoin(people, eq(people.id, operators.personId))
    .where(and(eq(operators.personId, personId), isNull(operators.dismissedAt)));
  return row && { ...row, appointedAt: row.appointedAt.toISOString() };
}
