import { id, instant } from "@minka/database/columns";
import { certificates as certificateKinds, crops } from "@minka/domain/vocabulary";
import { date, pgSchema, text, unique, uuid } from "@minka/database/table";
import { people } from "../tables.ts";

const schema = pgSchema("profiles");

export const certificates = schema.table(
  "certificates",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    certificate: text("certificate", { enum: certificateKinds }).notNull(),
    crop: text("crop", { enum: crops }),
    issuer: text("issuer").notNull(),
    number: text("number").notNull(),
    expiresOn: date("expires_on").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [unique("certificates_once").on(table.personId, table.certificate, table.issuer, table.number)],
);
