/** What tables are declared with; from here for the reason that `query.ts` gives. */
export * from "drizzle-orm/pg-core";
