import { reportedBy, type SponsorshipReport } from "@minka/contracts/sponsorships";
import { limaDay } from "@minka/domain/lima-time";
import { findDistrict } from "@minka/geography/districts";
import { writeTable, type OutputFormat } from "@minka/imports/write-table";
import type { Context } from "@minka/service/act";
import type { Calling } from "./propose-sponsorship.ts";
import { readReport } from "./report.ts";

const headers = ["Según", "Valor", "Servicios", "Personas", "Reservado S/", "Gastado S/"] as const;
const dimensions = {
  district: "Distrito",
  sex: "Sexo",
  size: "Tamaño",
  member: "Organizado",
} as const satisfies Record<(typeof reportedBy)[number], string>;
const values: Readonly<Record<string, string>> = {
  f: "mujer",
  m: "hombre",
  small: "pequeño",
  medium: "mediano",
  large: "grande",
  yes: "sí",
  no: "no",
  unknown: "no se sabe",
};
const withheld = "menos de 5";

/** The report as a file for spreadsheets: amounts in soles. */
export async function exportReport(
  means: Calling,
  context: Pick<Context, "actor" | "trace">,
  { sponsorshipId, format }: { sponsorshipId: string; format: OutputFormat },
) {
  const report = await readReport(means, context, sponsorshipId);
  return writeTable(
    {
      fileName: `auspicio-${limaDay(means.clock())}`,
      sheetName: "Auspicio",
      headers,
      rows: [
        [
          "Total",
          "",
          report.services,
          report.persons ?? withheld,
          soles(report.reservedCentimos),
          soles(report.spentCentimos),
        ],
        ["Presupuesto", "", "", "", "", soles(report.budgetCentimos)],
        ["Queda", "", "", "", "", soles(report.leftCentimos)],
        ...report.rows.map(line),
      ],
    },
    format,
  );
}

function line({ by, value, ...counted }: SponsorshipReport["rows"][number]) {
  const name = by === "district" ? (findDistrict(value)?.name ?? value) : (values[value] ?? value);
  const { services, persons, reservedCentimos, spentCentimos } = counted;
  return [
    dimensions[by],
    name,
    services ?? withheld,
    persons ?? withheld,
    reservedCentimos === null ? withheld : soles(reservedCentimos),
    spentCentimos === null ? withheld : soles(spentCentimos),
  ];
}

const soles = (centimos: number) => centimos / 100;
