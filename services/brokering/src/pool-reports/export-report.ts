import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { exportPoolReport as contract, PoolReportPart } from "@minka/contracts/pool-reports";
import { limaDay } from "@minka/domain/lima-time";
import { writeTable } from "@minka/imports/write-table";
import { actOf, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { record } from "../acting.ts";
import { readPackingList } from "../deliveries/packing-list.ts";
import { printedPage } from "./printed-page.ts";
import { readPoolReport } from "./read-report.ts";
import { packingTable, reportTable, type ReportTable } from "./report-tables.ts";
import { partTitles } from "./report-words.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "call">;
type Contract = typeof contract;
type Table = { readonly heading: string | null; readonly table: ReportTable };

/** Names leave Minka with it, so that it is recorded. `no-such-pool` (404), `not-your-organization` … (403). */
export async function exportPoolReport(
  kit: Kit,
  context: Context,
  { params: { poolId }, query: { part, format } }: HandlerInput<Contract>,
): Promise<HandlerAnswer<Contract>> {
  const { title, tables } = await tablesOf(kit, context, { poolId, part, byPoint: format === "html" });
  const act = actOf(context, kit.clock());
  await kit.db.transaction((tx) => record(tx, act, `pool-report.export-${part}`, `pool:${poolId}`));
  const day = limaDay(act.at);
  const fileName = `compra-${part}-${day}`;
  const heading = partTitles[part];
  if (format === "html") {
    const page = printedPage({ title, heading, day, tables });
    return {
      fileName: `${fileName}.html`,
      contentType: "text/html; charset=utf-8",
      bytes: Buffer.from(page),
    };
  }
  const headers = tables[0]?.table.headers ?? [];
  const rows = tables.flatMap(({ table }) => table.rows);
  return writeTable({ fileName, sheetName: heading, headers, rows }, format);
}

/** On paper each point has its own list. */
async function tablesOf(
  kit: Kit,
  context: Context,
  { poolId, part, byPoint }: { poolId: string; part: PoolReportPart; byPoint: boolean },
): Promise<{ title: string; tables: readonly Table[] }> {
  if (part !== "packing-list") {
    const report = await readPoolReport(kit, context, poolId);
    return { title: report.title, tables: [{ heading: null, table: reportTable(part, report) }] };
  }
  const list = await readPackingList(kit, context, { params: { poolId }, query: {} });
  const { title, points } = list;
  if (!byPoint || points.length === 0)
    return { title, tables: [{ heading: null, table: packingTable(list) }] };
  return {
    title,
    tables: points.map((point) => ({
      heading: point.name,
      table: packingTable({ title, points: [point] }),
    })),
  };
}
