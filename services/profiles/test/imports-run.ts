import type { ImportStatus } from "@minka/contracts/imports";
import { newId } from "@minka/database/new-id";
import { connectDatabase } from "@minka/database/connect";
import { signPersonToken } from "@minka/auth/authentication";
import { runOrganizations, type Someone } from "./organizations-run.ts";

export const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

type Finding = { row: number; column: string | null; code: string; message: string };

/** Profiles with a verified organization, and the means to send files in and take them out. */
export async function runImports(environment: Record<string, string> = {}) {
  const run = await runOrganizations(environment);
  const operator = await run.newPerson("Operadora de Minka", { operator: true });

  let organizations = 0;
  async function verifiedOrganization(
    name = `Asociación El Progreso ${String.fromCharCode(65 + organizations++)}`,
  ) {
    const organization = await run.newOrganization(name);
    const verified = await run.post(operator, `/api/profiles/organizations/${organization.id}/verify`);
    if (verified.status !== 200) throw new Error(JSON.stringify(verified.body));
    return organization;
  }
  const base = (organizationId: string) => `/api/profiles/organizations/${organizationId}`;

  async function send(
    who: Someone | null,
    organizationId: string,
    file: string | Uint8Array,
    type = "text/csv",
    key = newId(),
  ) {
    const answer = await run.app.inject({
      method: "POST",
      url: `${base(organizationId)}/imports`,
      payload: Buffer.from(file),
      headers: {
        "content-type": type,
        "idempotency-key": key,
        ...(who ? { authorization: `Bearer ${signPersonToken(run.app, run.pem, who)}` } : {}),
      },
    });
    return { status: answer.statusCode, body: answer.json() };
  }
  async function status(who: Someone, organizationId: string, importId: string): Promise<ImportStatus> {
    return (await run.get(who, `${base(organizationId)}/imports/${importId}`)).body.import;
  }
  async function findings(
    who: Someone,
    organizationId: string,
    importId: string,
    severity = "error",
  ): Promise<Finding[]> {
    const all: Finding[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const at = cursor === "" ? "" : `&cursor=${cursor}`;
      const { body } = await run.get(
        who,
        `${base(organizationId)}/imports/${importId}/findings?severity=${severity}&limit=100${at}`,
      );
      all.push(...body.items);
      cursor = body.next;
    }
    return all;
  }
  return {
    ...run,
    operator,
    verifiedOrganization,
    base,
    send,
    status,
    findings,
    /** Sends a file and waits until it has been checked. */
    async check({ id, manager }: { id: string; manager: Someone }, file: string | Uint8Array) {
      const sent = await send(manager, id, file);
      if (sent.status !== 202) throw new Error(JSON.stringify(sent.body));
      const { importId } = sent.body as { importId: string };
      await run.settle();
      const errors = await findings(manager, id, importId);
      return {
        importId,
        status: await status(manager, id, importId),
        errors,
        warnings: await findings(manager, id, importId, "warning"),
      };
    },
    start: (who: Someone, organizationId: string, importId: string) =>
      run.post(who, `${base(organizationId)}/imports/${importId}/start`),
    /** Takes a file out. */
    async take(who: Someone | null, organizationId: string, format: string) {
      const answer = await run.app.inject({
        method: "GET",
        url: `${base(organizationId)}/members-file?format=${format}`,
        headers: who ? { authorization: `Bearer ${signPersonToken(run.app, run.pem, who)}` } : {},
      });
      return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload };
    },
  };
}
export type ImportsRun = Awaited<ReturnType<typeof runImports>>;

/** What profiles holds, read by its own role. */
export async function readRows({ database }: Pick<ImportsRun, "database">, text: string) {
  const db = connectDatabase({ url: database.url("profiles"), name: "test" });
  try {
    return await db.sql.unsafe(text);
  } finally {
    await db.close();
  }
}

export async function countRows(run: Pick<ImportsRun, "database">, what: string): Promise<number> {
  const [row] = await readRows(run, `select count(*)::int as n from profiles.${what}`);
  return Number(row?.["n"]);
}
