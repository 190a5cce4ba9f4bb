/**
 * The query builder. Imported from here, since Node reads the package.json of what is imported at each import, and that
 * of drizzle-orm is 180 KB: six hundred times that were half of what starting a process takes.
 */
export * from "drizzle-orm";
