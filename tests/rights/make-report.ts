import { keepReport, readOutcomes, type Outcomes } from "@minka/contracts/outcome-reports";
import type { Rows } from "./world.ts";
import type { Means } from "./tries.ts";

export const someMonth = { from: "2026-11-01", until: "2026-11-30" };

/** A month's figures as they are, kept by an operator. */
export async function newReport({ done, world }: Means): Promise<Rows> {
  const path = `${readOutcomes.path}?from=${someMonth.from}&until=${someMonth.until}`;
  const { outcomes } = await done<{ outcomes: Outcomes }>(world.checker, "GET", path);
  const { reportId } = await done<{ reportId: string }>(world.checker, "POST", keepReport.path, {
    title: "Noviembre",
    figures: { outcomes },
  });
  return { reportId };
}
