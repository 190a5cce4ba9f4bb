import { z, type ZodType } from "zod";
import type { Rows } from "./world.ts";

type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
};

/**
 * The smallest input that a schema takes, so far as its shape says: what is optional is left out, and ids and phones
 * are of `rows` by the field's name.
 */
export function validInput(schema: ZodType, rows: Rows): unknown {
  return value(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema, "", rows);
}

function value(schema: Schema, name: string, rows: Rows): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return value(first, name, rows);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object": {
      const { properties = {}, required = [] } = schema;
      return Object.fromEntries(
        required.map((field) => [field, value(properties[field] ?? {}, field, rows)]),
      );
    }
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () =>
        value(schema.items ?? {}, name.replace(/s$/, ""), rows),
      );
    case "integer":
    case "number":
      return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return text(schema, name, rows);
  }
}

function text({ format, pattern, minLength = 0 }: Schema, name: string, rows: Rows): string {
  const row = rows[name];
  if (row !== undefined) return row;
  if (format === "uuid") throw new Error(`no row has ${name}`);
  if (format === "date") return "2026-11-30";
  if (format === "date-time") return "2026-11-24T14:00:00.000Z";
  if (pattern?.includes("[1-9]\\d{7,14}")) return "+51922222222";
  return "palabra".padEnd(minLength, "s");
}
