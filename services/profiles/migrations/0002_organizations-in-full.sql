CREATE TABLE "profiles"."board_seats" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"position" text NOT NULL,
	"person_id" uuid,
	"name" text,
	"sex" text,
	"since" date NOT NULL,
	"until" date
);
--> statement-breakpoint
CREATE TABLE "profiles"."organization_certificates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"certificate" text NOT NULL,
	"issuer" text,
	"number" text,
	"expires_on" date NOT NULL
);
--> statement-breakpoint
DROP INDEX "profiles"."memberships_organization";--> statement-breakpoint
ALTER TABLE "profiles"."memberships" DROP CONSTRAINT "memberships_person_id_organization_id_pk";--> statement-breakpoint
ALTER TABLE "profiles"."memberships" ADD COLUMN "id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles"."memberships" ADD COLUMN "state" text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles"."memberships" ADD COLUMN "origin" text DEFAULT 'imported' NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles"."memberships" ADD COLUMN "since" date;--> statement-breakpoint
ALTER TABLE "profiles"."memberships" ADD COLUMN "until" date;--> statement-breakpoint
ALTER TABLE "profiles"."memberships" ADD COLUMN "asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "profiles"."memberships" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "profiles"."memberships" ADD COLUMN "end_reason" text;--> statement-breakpoint
ALTER TABLE "profiles"."memberships" ADD COLUMN "trace" text DEFAULT 'import' NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "legal_name" text;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "ruc" text;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "description" text;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "entry_fee_centimos" integer;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "requirements" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "services" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "gender_guideline" text;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "gender_guideline_on" date;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "state" text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "verified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "confirmed_on" date;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "registered_by" uuid;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "profiles"."board_seats" ADD CONSTRAINT "board_seats_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "profiles"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."board_seats" ADD CONSTRAINT "board_seats_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."organization_certificates" ADD CONSTRAINT "organization_certificates_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "profiles"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "board_seats_organization" ON "profiles"."board_seats" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "board_seats_person" ON "profiles"."board_seats" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "organization_certificates_organization" ON "profiles"."organization_certificates" USING btree ("organization_id");--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD CONSTRAINT "organizations_registered_by_people_id_fk" FOREIGN KEY ("registered_by") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_open" ON "profiles"."memberships" USING btree ("person_id","organization_id") WHERE state in ('asked', 'active');--> statement-breakpoint
CREATE INDEX "memberships_due" ON "profiles"."memberships" USING btree ("expires_at") WHERE state = 'asked';--> statement-breakpoint
CREATE INDEX "memberships_person" ON "profiles"."memberships" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_ruc" ON "profiles"."organizations" USING btree ("ruc") WHERE state <> 'closed';--> statement-breakpoint
CREATE INDEX "memberships_organization" ON "profiles"."memberships" USING btree ("organization_id","state");--> statement-breakpoint
-- What was there before: entries that an operator had checked, and board members kept as a role.
UPDATE "profiles"."organizations" SET "verified_at" = "created_at", "confirmed_on" = ("created_at" AT TIME ZONE 'America/Lima')::date;--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ALTER COLUMN "confirmed_on" SET NOT NULL;--> statement-breakpoint
UPDATE "profiles"."memberships" SET "since" = make_date("since_year", 1, 1);--> statement-breakpoint
INSERT INTO "profiles"."board_seats" ("id", "organization_id", "position", "person_id", "since")
SELECT uuidv7(), "organization_id", CASE "role" WHEN 'president' THEN 'president' ELSE 'member_at_large' END, "person_id", "since"
FROM "profiles"."memberships" WHERE "role" IN ('board', 'president');--> statement-breakpoint
UPDATE "profiles"."memberships" SET "role" = CASE "role" WHEN 'president' THEN 'manager' ELSE 'member' END WHERE "role" IN ('board', 'president');--> statement-breakpoint
ALTER TABLE "profiles"."memberships" ALTER COLUMN "id" DROP DEFAULT, ALTER COLUMN "state" DROP DEFAULT, ALTER COLUMN "origin" DROP DEFAULT, ALTER COLUMN "trace" DROP DEFAULT, ALTER COLUMN "since_year" DROP NOT NULL;
