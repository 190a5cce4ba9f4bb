import { commonTables } from "@minka/database/columns";
import { pgSchema } from "drizzle-orm/pg-core";

const schema = pgSchema("brokering");
export const { idempotencyKeys, audit } = commonTables(schema);
