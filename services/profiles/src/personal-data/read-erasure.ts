import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { readErasure as contract } from "@minka/contracts/personal-data";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import { erasures } from "./personal-data-tables.ts";

/** How far an erasure is. */
export async function readErasure(
  queries: Queries,
  erasureId: string,
): Promise<HandlerAnswer<typeof contract>> {
  const [row] = await queries.select().from(erasures).where(eq(erasures.id, erasureId));
  if (!row) throw new DomainError("not-found", "no-such-erasure", "There is no such erasure.");
  return {
    erasureId,
    askedAt: row.askedAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
    waitingFor: [
      ...(row.catalogAt ? [] : (["catalog"] as const)),
      ...(row.matchingAt ? [] : (["matching"] as const)),
      ...(row.brokeringAt ? [] : (["brokering"] as const)),
      ...(row.notificationsAt ? [] : (["notifications"] as const)),
    ],
  };
}
