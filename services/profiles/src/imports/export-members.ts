import type { MembershipRole } from "@minka/contracts/memberships";
import { readablePhone } from "@minka/domain/phone";
import { findDistrict } from "@minka/geography/districts";
import { writeTable, type OutputFormat } from "@minka/imports/write-table";
import { word } from "@minka/language/texts";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, asc, eq, sql } from "@minka/database/query";
import { record } from "../acts.ts";
import { refuseUnlessRole } from "../memberships/organization-rights.ts";
import { memberships, people, phones, producerCrops } from "../tables.ts";
import { memberColumns } from "./member-columns.ts";

const written = [
  "fullName",
  "dni",
  "phone",
  "district",
  "province",
  "region",
  "districtCode",
  "locality",
  "sex",
  "birthYear",
  "crops",
  "role",
  "since",
] as const satisfies readonly (keyof typeof memberColumns)[];

const roleWords: Record<MembershipRole, string> = {
  member: "socio",
  delegate: "delegado",
  broker: "gestor",
  manager: "directivo",
};

/** The members who agreed, as a file with the columns that an import reads. It is written down who took it. */
export async function exportMembers(
  { db, clock }: Means,
  context: Pick<Context, "actor" | "trace">,
  { organizationId, format }: { organizationId: string; format: OutputFormat },
) {
  await refuseUnlessRole(db.read, context.actor, organizationId, ["manager"]);
  const at = clock();
  const rows = await db.transaction(async (tx) => {
    const members = await tx
      .select({
        name: people.name,
        dni: people.dni,
        phone: sql<string | null>`(select p.phone from ${phones} p where p.person_id = people.id
          order by p.used_at desc, p.phone limit 1)`,
        districtCode: people.districtCode,
        locality: people.locality,
        sex: people.sex,
        birthYear: people.birthYear,
        crops: sql<string[]>`array(select c.crop from ${producerCrops} c where c.person_id = people.id
          order by c.crop)`,
        role: memberships.role,
        since: memberships.since,
      })
      .from(memberships)
      .innerJoin(people, eq(people.id, memberships.personId))
      .where(
        and(
          eq(memberships.organizationId, organizationId),
          eq(memberships.state, "active"),
          eq(people.state, "active"),
        ),
      )
      .orderBy(asc(people.name), asc(people.id));
    await record(
      tx,
      actOf(context, at),
      `members.export ${members.length}`,
      `organization:${organizationId}`,
    );
    return members;
  });
  return writeTable(
    {
      fileName: `socios-${limaDay(at)}`,
      sheetName: "Socios",
      headers: written.map((name) => memberColumns[name].headers[0] ?? name),
      rows: rows.map((row) => {
        const district = row.districtCode === null ? undefined : findDistrict(row.districtCode);
        return [
          row.name,
          row.dni,
          row.phone === null ? null : readablePhone(row.phone),
          district?.name ?? null,
          district?.province ?? null,
          district?.region ?? null,
          row.districtCode,
          row.locality,
          row.sex === null ? null : row.sex === "f" ? "F" : "H",
          row.birthYear,
          row.crops.map((crop) => word("crop", crop)).join(", "),
          roleWords[row.role],
          row.since,
        ];
      }),
    },
    format,
  );
}
