import type { PoolReport } from "@minka/contracts/pool-reports";
import type { Caller } from "@minka/http/caller";
import { traitsOf } from "../lots/lot-instance.ts";

type Line = Pick<
  PoolReport["members"][number],
  "personId" | "state" | "wantedPacks" | "packs" | "dueCentimos"
>;

/** Fewer could be told who they are. */
const fewest = 5;

/** Women's and men's part of who is in a joint purchase. Reads profiles: never call it in a transaction. */
export async function partsBySex(
  call: Caller,
  lines: readonly Line[],
  trace: string,
): Promise<PoolReport["bySex"]> {
  const members = lines.filter(({ state }) => state !== "left" && state !== "out");
  const personIds = members.map(({ personId }) => personId);
  const traits = await traitsOf(call, personIds, trace);
  const parts = (["f", "m"] as const).map((sex) => {
    const own = members.filter(({ personId }) => traits.get(personId)?.sex === sex);
    return {
      sex,
      members: own.length,
      packs: own.reduce((sum, { packs, wantedPacks }) => sum + (packs ?? wantedPacks), 0),
      dueCentimos: own.reduce((sum, { dueCentimos }) => sum + dueCentimos, 0),
    };
  });
  return parts.every((part) => part.members >= fewest) ? parts : null;
}
