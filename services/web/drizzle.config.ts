export default {
  dialect: "postgresql",
  schema: ["./src/tables.ts", "./src/**/*-tables.ts"],
  out: "./migrations",
  schemaFilter: ["web"],
};
