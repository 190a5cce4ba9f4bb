import { z } from "zod";
import { instantText, page, pageQuery } from "./common.ts";
import { endpoint, fileAnswer, fileBytes } from "./endpoint.ts";
import type { ServiceName } from "./service-names.ts";

const csv = "text/csv";
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const spreadsheetTypes = [csv, xlsx] as const;

export const importStatus = z.object({
  importId: z.uuid(),
  kind: z.string(),
  /**
   * `received` and `checking`: the rows are being looked at. `checked`: ready to be started, if without errors.
   * `refused`: the columns are wrong. `loading`: being written. `done`, `failed` (our fault) and `cancelled` end it.
   */
  state: z.enum(["received", "checking", "checked", "refused", "loading", "done", "failed", "cancelled"]),
  rows: z.int().min(0).describe("Rows in the file, without the headers"),
  progress: z.int().min(0).describe("Rows that the present step has been through"),
  errors: z.int().min(0).describe("How many; an import with errors cannot be started"),
  warnings: z.int().min(0).describe("How many; they hinder nothing"),
  /** What came of it, counted; null until it is done. */
  result: z.record(z.string(), z.int()).nullable(),
  createdAt: instantText,
  endedAt: instantText.nullable(),
});
export type ImportStatus = z.output<typeof importStatus>;

export const importFinding = z.object({
  row: z.int().min(1).describe("As the spreadsheet counts, the headers' row too"),
  column: z.string().nullable().describe("The header as written; null for the whole row"),
  code: z.string(),
  message: z.string().describe("Spanish, for who corrects the file"),
});

type Import = {
  readonly service: ServiceName;
  /** Path of the imports, with `:<owner>` in it. */
  readonly base: string;
  /** Name of the path's parameter for the organization or provider whose rows these are; null for Minka's own. */
  readonly owner: string | null;
  readonly what: string;
  /** The headers that are understood, for the reference; accents, capitals, plurals and order do not matter. */
  readonly columns: string;
  readonly maximumBytes: number;
};

/** The endpoints of one kind of import: send a file, see what is wrong with it, start it, watch it, give it up. */
export function importEndpointsOf({ service, base, owner, what, columns, maximumBytes }: Import) {
  const access = owner === null ? (["operator"] as const) : (["person", "operator"] as const);
  const ofOwner = owner === null ? {} : { [owner]: z.uuid() };
  const ownerParams = z.object(ofOwner) as unknown as z.ZodType<Record<string, string>>;
  const oneParams = z.object({ ...ofOwner, importId: z.uuid() }) as unknown as z.ZodType<
    Record<string, string>
  >;
  const one = z.object({ import: importStatus });
  return {
    upload: endpoint({
      service,
      method: "POST",
      path: base,
      summary: `Send ${what} as CSV or XLSX, the file itself as the body. Nothing is written: it is checked, every error is told by row and column, and it waits to be started. Columns, by their headers in any order: ${columns}`,
      access,
      params: ownerParams,
      upload: { contentTypes: spreadsheetTypes, maximumBytes },
      body: fileBytes,
      answer: z.object({ importId: z.uuid() }),
      status: 202,
    }),
    list: endpoint({
      service,
      method: "GET",
      path: base,
      summary: `Imports of ${what}, the latest first.`,
      access,
      params: ownerParams,
      query: z.object({ ...pageQuery, cursor: z.uuid().optional() }),
      answer: page(importStatus),
    }),
    read: endpoint({
      service,
      method: "GET",
      path: `${base}/:importId`,
      summary: "How an import stands.",
      access,
      params: oneParams,
      answer: one,
    }),
    findings: endpoint({
      service,
      method: "GET",
      path: `${base}/:importId/findings`,
      summary:
        "What is wrong with a file (or only worth knowing), by row and column; the first 1,000 of each.",
      access,
      params: oneParams,
      query: z.object({
        ...pageQuery,
        cursor: z
          .string()
          .regex(/^\d{1,6}$/)
          .optional(),
        severity: z.enum(["error", "warning"]).default("error"),
      }),
      answer: page(importFinding),
    }),
    start: endpoint({
      service,
      method: "POST",
      path: `${base}/:importId/start`,
      summary: "Load a checked file: every row of it, or none. Refused while it has errors.",
      access,
      params: oneParams,
      answer: one,
    }),
    cancel: endpoint({
      service,
      method: "POST",
      path: `${base}/:importId/cancel`,
      summary: "Give an import up; nothing of it is written, also while it loads.",
      access,
      params: oneParams,
      answer: one,
    }),
  };
}
export type ImportEndpoints = ReturnType<typeof importEndpointsOf>;

export const membersImport = importEndpointsOf({
  service: "profiles",
  base: "/api/profiles/organizations/:organizationId/imports",
  owner: "organizationId",
  what: "an organization's members",
  columns:
    "Nombre completo (or Nombres and Apellidos), needed; Distrito with Provincia and Departamento, or Ubigeo INEI, needed; DNI; Celular; Caserío; Sexo (F or M, M or H); Año or Fecha de nacimiento; Cultivos; Hectáreas (one for each crop); Rol (socio, delegado); Fecha de ingreso. The members file shows them all.",
  maximumBytes: 5 * 1024 * 1024,
});

export const exportMembers = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/organizations/:organizationId/members-file",
  summary:
    "Members who agreed, as a file with the columns that an import reads. Each export is written down.",
  access: ["person", "operator"],
  params: z.object({ organizationId: z.uuid() }),
  query: z.object({ format: z.enum(["csv", "xlsx"]).default("xlsx") }),
  download: { contentTypes: spreadsheetTypes },
  answer: fileAnswer,
});

export const priceListImport = importEndpointsOf({
  service: "catalog",
  base: "/api/catalog/providers/:providerId/imports",
  owner: "providerId",
  what: "a provider's price list of inputs, equipment and services",
  columns:
    "Producto, needed; Precio, needed; Título; Presentación (50 kg, 1 litro) or Unidad; Desde 10, Desde 50 … for prices by quantity; Registro SENASA; Orgánico (sí, no); Modalidad (venta, alquiler, reparación) and Alquiler por; Lugares de entrega; Días de entrega. The provider's price list shows them all.",
  maximumBytes: 5 * 1024 * 1024,
});

export const exportPriceList = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/providers/:providerId/price-list",
  summary:
    "A provider's offers of inputs, equipment and services, as a file with the columns that an import reads.",
  access: ["person", "operator"],
  params: z.object({ providerId: z.uuid() }),
  query: z.object({ format: z.enum(["csv", "xlsx"]).default("xlsx") }),
  download: { contentTypes: spreadsheetTypes },
  answer: fileAnswer,
});

const invitationStates = ["waiting", "asked"] as const;
const invitation = z.object({
  invitationId: z.uuid(),
  personId: z.uuid(),
  name: z.string().nullable(),
  /** `waiting`: the SMS has not gone out, or there is no phone; `asked`: it has. */
  state: z.enum(invitationStates),
  expiresAt: instantText.describe("When everything about the person is erased, unless they agree"),
});

export const listInvitations = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/organizations/:organizationId/invitations",
  summary: "Whom the organization brought in and who has not agreed yet.",
  access: ["person", "operator"],
  params: z.object({ organizationId: z.uuid() }),
  query: z.object({
    state: z.enum(invitationStates).optional().describe("Only these; all unless said"),
    ...pageQuery,
    cursor: z.uuid().optional(),
  }),
  answer: page(invitation).extend({ count: z.int().describe("Of all pages together") }),
});

export const recordSpokenAgreement = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/organizations/:organizationId/invitations/:invitationId/spoken-agreement",
  summary: "An invited person agreed aloud before a named witness.",
  access: ["person", "operator"],
  params: z.object({ organizationId: z.uuid(), invitationId: z.uuid() }),
  body: z.object({
    witness: z.string().trim().min(3).max(80).describe("Full name of who heard it; not who records it"),
    at: instantText.describe("When it was said"),
  }),
  answer: z.object({ personId: z.uuid() }),
  status: 201,
});

export const importEndpoints = [
  ...Object.values(membersImport),
  exportMembers,
  ...Object.values(priceListImport),
  exportPriceList,
  listInvitations,
  recordSpokenAgreement,
];
