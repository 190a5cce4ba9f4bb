import { commonTables, id, instant } from "@minka/database/columns";
import { index, integer, pgSchema, text } from "drizzle-orm/pg-core";

const schema = pgSchema("matching");
export const { idempotencyKeys, audit } = commonTables(schema);
export const requests = schema.table(
  "requests",
  { id: id(), state: text("state").notNull(), n: integer("n"), openedAt: instant("opened_at").notNull() },
  (t) => [index("requests_state").on(t.state)],
);
