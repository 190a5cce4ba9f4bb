import { blockingSides } from "@minka/contracts/blocks";
import { id, instant } from "@minka/database/columns";
import { index, pgSchema, text, unique, uuid } from "@minka/database/table";

const schema = pgSchema("matching");

/** Who is not to be brought together again, and by whose wish: each side has its own. */
export const blocks = schema.table(
  "blocks",
  {
    id: id(),
    personId: uuid("person_id").notNull(),
    providerId: uuid("provider_id").notNull(),
    by: text("by", { enum: blockingSides }).notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    unique("blocks_once").on(table.personId, table.providerId, table.by),
    index("blocks_provider").on(table.providerId, table.id),
  ],
);
export type BlockRow = typeof blocks.$inferSelect;
