import { importTables } from "@minka/imports/import-tables";
import { pgSchema } from "@minka/database/table";

export const { imports } = importTables(pgSchema("profiles"));
