import { commonTables } from "@minka/database/columns";
import { pgSchema } from "@minka/database/table";

const schema = pgSchema("brokering");
export const { idempotencyKeys, audit } = commonTables(schema);
