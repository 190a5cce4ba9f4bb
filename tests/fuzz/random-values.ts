/** As much of JSON Schema as the API reference uses. */
export type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: boolean | Schema;
};

export type Random = {
  next(): number;
  pick<Item>(items: readonly Item[]): Item;
  chance(share: number): boolean;
};

/** The same numbers for the same seed (mulberry32), so that a failure can be repeated. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    pick<Item>(items: readonly Item[]): Item {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    chance: (share) => next() < share,
  };
}

/** What no form sends and some program will. */
const hostile: readonly unknown[] = [
  null,
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\uD800",
  "\u202Eabc",
  "'; drop table people; --",
  "%00",
  "../../etc/passwd",
  "{{7*7}}",
  "<script>alert(1)</script>",
  "ñandú".repeat(2_000),
  "9".repeat(400),
  "1e400",
  "NaN",
  "-0",
  "2026-02-30",
  "0000-00-00",
  "9999-12-31",
  "+275760-09-13T00:00:00.001Z",
  "2026-11-24T14:00:00Z",
  "00000000-0000-0000-0000-000000000000",
  "+51999999999",
  "PE",
  0,
  -1,
  1.5,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  Number.MAX_SAFE_INTEGER,
  true,
  false,
  [],
  [[[[]]]],
  {},
  { __proto__: null, constructor: { prototype: 1 } },
  Array.from({ length: 500 }, () => "x"),
];

export type Pool = { ids: readonly string[]; phones: readonly string[]; districts: readonly string[] };

/** Values for a schema: mostly what it asks for, with ids that exist, and every so often something hostile. */
export function valuesFor(random: Random, pool: Pool) {
  const hostility = 0.04;
  function value(schema: Schema, depth = 0): unknown {
    if (random.chance(hostility)) return random.pick(hostile);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return random.pick(schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return value(random.pick(choices), depth + 1);
    if (schema.allOf) {
      return Object.assign({}, ...schema.allOf.map((part) => value(part, depth + 1))) as unknown;
    }
    const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
    switch (type) {
      case "object":
        return object(schema, depth);
      case "array": {
        const most = Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3);
        const length =
          (schema.minItems ?? 0) + Math.floor(random.next() * (most - (schema.minItems ?? 0) + 1));
        return Array.from({ length }, () => value(schema.items ?? {}, depth + 1));
      }
      case "integer":
      case "number":
        return number(schema, type === "integer");
      case "boolean":
        return random.chance(0.5);
      case "null":
        return null;
      case "string":
        return text(schema);
      default:
        return depth > 4 ? null : random.pick(hostile);
    }
  }

  function object({ properties = {}, required = [] }: Schema, depth: number): unknown {
    const made: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(properties)) {
      const wanted = required.includes(name) ? random.chance(0.97) : random.chance(0.4);
      if (wanted) made[name] = value(schema, depth + 1);
    }
    if (random.chance(hostility)) made["surprise"] = random.pick(hostile);
    return made;
  }

  function number({ minimum, maximum, exclusiveMinimum }: Schema, whole: boolean): number {
    const least = Math.max(minimum ?? exclusiveMinimum ?? 0, -1e9);
    const most = Math.min(maximum ?? least + 1_000, 1e9);
    const edges = [least, most, least + 1];
    const drawn = random.chance(0.3) ? random.pick(edges) : least + random.next() * (most - least);
    return whole ? Math.round(drawn) : drawn;
  }

  function text({ format, pattern, minLength = 0, maxLength = 40 }: Schema): string {
    if (format === "uuid") return random.pick(pool.ids);
    if (format === "date")
      return `20${random.pick(["25", "26", "27"])}-${random.pick(["01", "06", "12"])}-15`;
    if (format === "date-time") return `2026-11-${random.pick(["01", "20", "24"])}T12:00:00.000Z`;
    if (pattern?.includes("[1-9]\\d{7,14}")) return random.pick(pool.phones);
    if (pattern?.includes("\\d{6}")) return random.pick(pool.districts);
    const words = random.pick([
      "Rosa Huamán",
      "cacao y café",
      "Ñ",
      "x",
      "1",
      "12345678",
      "20512333797",
      "Tocache",
    ]);
    return words.padEnd(minLength, "a").slice(0, Math.max(1, maxLength));
  }
  return value;
}
