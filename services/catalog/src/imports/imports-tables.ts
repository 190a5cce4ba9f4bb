import { importTables } from "@minka/imports/import-tables";
import { pgSchema } from "drizzle-orm/pg-core";

export const { imports } = importTables(pgSchema("catalog"));
