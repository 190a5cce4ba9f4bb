import { decidedNouns, decisionParts } from "@minka/contracts/decision-makers";
import { id, instant } from "@minka/database/columns";
import { index, pgSchema, text, unique, uuid } from "@minka/database/table";

const schema = pgSchema("brokering");

/** Who had which part in a decision: their sex is read when it is counted, and not kept. */
export const partsTaken = schema.table(
  "decision_parts",
  {
    id: id(),
    noun: text("noun", { enum: decidedNouns }).notNull(),
    subjectId: uuid("subject_id").notNull(),
    part: text("part", { enum: decisionParts }).notNull(),
    personId: uuid("person_id").notNull(),
    organizationId: uuid("organization_id"),
    at: instant("at").notNull(),
  },
  (table) => [
    unique("decision_parts_once").on(table.noun, table.subjectId, table.part, table.personId),
    index("decision_parts_at").on(table.at),
    index("decision_parts_person").on(table.personId),
  ],
);
