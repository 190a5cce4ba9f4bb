import type { HandlerInput } from "@minka/contracts/endpoint";
import type { addPlot as contract } from "@minka/contracts/plots";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context, type Means } from "@minka/service/act";
import { record } from "../acts.ts";
import { refuseUnknownDistrict } from "../people/district.ts";
import { lockPeople } from "../people/lock-people.ts";
import { personUnknown, refuseOthers } from "../people/read-person.ts";
import { idempotencyKeys } from "../tables.ts";
import { areaColumns, plotView, refuseUnfitGeometry } from "./plot-row.ts";
import { plotHolders, plots } from "./plots-tables.ts";

export async function addPlot(
  { db, clock }: Means,
  context: Context,
  { params: { personId }, body }: HandlerInput<typeof contract>,
) {
  refuseOthers(context.actor, personId);
  refuseUnknownDistrict(body.districtCode ?? undefined);
  const { area, coHolderIds, ...told } = body;
  const columns = areaColumns(area);
  refuseUnfitGeometry(body.geometry, columns.squareMetres);
  const at = clock();
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const holderIds = [...new Set([personId, ...coHolderIds])];
      const locked = await lockPeople(tx, holderIds);
      if (!locked.some(({ id }) => id === personId)) throw personUnknown();
      refuseUnknownHolders(locked, holderIds.slice(1));
      const [row] = await tx
        .insert(plots)
        .values({ ...told, ...columns, id: newId(), createdAt: at, updatedAt: at })
        .returning();
      if (!row) throw new Error("a plot vanished while being written");
      await tx
        .insert(plotHolders)
        .values(holderIds.map((holder) => ({ plotId: row.id, personId: holder, since: at })));
      await record(tx, actOf(context, at), "plot.add", row.id);
      return { plot: plotView(row, holderIds, personId) };
    }),
  );
}

/**
 * Only registered people hold plots: nobody who was merely invited is shown to anyone. `locked` are the people
 * of whom the caller has made sure that they stay as they are.
 */
export function refuseUnknownHolders(
  locked: readonly { readonly id: string; readonly state: string }[],
  personIds: readonly string[],
): void {
  const active = new Set(locked.filter(({ state }) => state === "active").map(({ id }) => id));
  if (personIds.every((id) => active.has(id))) return;
  throw new DomainError("invalid", "holder-unknown", "Only registered people hold a plot together.", {
    errors: [{ path: "body.coHolderIds", message: "names somebody who is not registered" }],
  });
}
