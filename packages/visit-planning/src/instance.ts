import { DomainError, type FieldError } from "@minka/domain/errors";
import { z } from "zod";

/**
 * A month to plan: who can visit, and who waits for a visit. An agent may take a visit whose topic and crop it
 * has, within `maxKm` of its base (and its own `reachKm`). Kilometres are great-circle kilometres.
 */

const id = z.string().min(1).max(200);
const word = z.string().min(1).max(100);
const km = z.number().min(0);
const point = { lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) };

const agentSchema = z.object({
  id,
  ...point,
  /** Places in the month: the sum of the weights of the visits that the agent takes stays within it. */
  capacity: z.int().min(0),
  topics: z.array(word),
  crops: z.array(word),
  /** Where this agent goes less far than `maxKm`. */
  reachKm: km.optional(),
});

const visitSchema = z.object({
  id,
  ...point,
  topic: word,
  /** null where the topic has nothing to do with a crop: any agent who has the topic may come. */
  crop: word.nullable().default(null),
  /** People who are served: what the visit counts, and how many places of the agent's capacity it takes. */
  weight: z.int().min(1).default(1),
  /** Who came last month; an agent that is not in the instance any more is no error. */
  previousAgent: id.nullish(),
  /** Agents who may not come: blocked by either side, or against a preference of the person's. */
  except: z.array(id).optional(),
});

const instanceSchema = z
  .object({
    agents: z.array(agentSchema),
    visits: z.array(visitSchema),
    maxKm: km,
    /** How far people walk to a group session. */
    groupRadiusKm: km,
    /** The most people in a session. */
    groupMax: z.int().min(1),
    /** A visit stays with last month's agent unless another saves more than this many km. */
    keepKm: km.default(0),
  })
  .superRefine((instance, context) => {
    for (const list of ["agents", "visits"] as const) {
      const seen = new Map<string, number>();
      for (const [index, item] of instance[list].entries()) {
        const first = seen.get(item.id);
        if (first === undefined) seen.set(item.id, index);
        else
          context.addIssue({
            code: "custom",
            path: [list, index, "id"],
            message: `the same id as ${list}[${first}]`,
          });
      }
    }
  });

/** What may be written: fields with a default may be left out. */
export type PlanningInput = z.input<typeof instanceSchema>;
export type PlanningInstance = z.output<typeof instanceSchema>;
export type PlanningAgent = PlanningInstance["agents"][number];
export type PlanningVisit = PlanningInstance["visits"][number];

export type Assignment = { visit: string; agent: string; km: number };

export type PlannedSession = {
  agent: string;
  /** The host's visit first: the session is held at its point. */
  visits: string[];
  kind: "group" | "single";
  /** 1, 2, 3 … on the agent's way from the base through all its sessions and back. */
  order: number;
};

export type PlanningResult = {
  assignments: Assignment[];
  unassigned: string[];
  /** Agent to visit, over all assignments. */
  totalKm: number;
  sessions: PlannedSession[];
  /** What no assignment can beat, and how far the found one is from it: see assign-visits.ts. */
  bound: number;
  gap: number;
};

const mostErrors = 20;

/**
 * An instance from outside: unknown fields are ignored, missing optional ones filled.
 * Throws `planning-instance-invalid` with at most twenty errors, each with its path, `visits[12].lat`.
 */
export function parseInstance(value: unknown): PlanningInstance {
  const parsed = instanceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors: FieldError[] = parsed.error.issues
    .slice(0, mostErrors)
    .map((issue) => ({ path: pathOf(issue.path), message: issue.message }));
  const more = parsed.error.issues.length - errors.length;
  const said = errors.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join("\n");
  throw new DomainError(
    "invalid",
    "planning-instance-invalid",
    more > 0 ? `${said}\nand ${more} more` : said,
    { errors },
  );
}

function pathOf(path: readonly PropertyKey[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text += text === "" ? String(part) : `.${String(part)}`;
  }
  return text;
}
