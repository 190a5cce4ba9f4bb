CREATE TABLE "catalog"."agent_profiles" (
	"provider_id" uuid PRIMARY KEY NOT NULL,
	"topics" jsonb NOT NULL,
	"crops" text[] NOT NULL,
	"languages" text[] NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"reach_km" real NOT NULL,
	"monthly_capacity" integer NOT NULL,
	"resells" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."provider_certificates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text,
	"issuer" text NOT NULL,
	"number" text,
	"issued_on" date NOT NULL,
	"expires_on" date,
	"added_by" uuid[] NOT NULL,
	"checked_at" timestamp with time zone,
	"checked_by" text
);
--> statement-breakpoint
CREATE TABLE "catalog"."provider_decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider_id" uuid NOT NULL,
	"transition" text NOT NULL,
	"from" text NOT NULL,
	"to" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "catalog"."provider_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"granted_by" text NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"withdrawn_by" text,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "catalog"."provider_staff" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"since" date NOT NULL,
	"until" date
);
--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "form" text;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "kinds" text[];--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "legal_name" text;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "organization_id" uuid;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "coverage" text[];--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "lender_register" jsonb;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "shows_phone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "website" text;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "shows_website" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "description" text;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "state_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "makers" uuid[];--> statement-breakpoint
ALTER TABLE "catalog"."agent_profiles" ADD CONSTRAINT "agent_profiles_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog"."provider_certificates" ADD CONSTRAINT "provider_certificates_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog"."provider_decisions" ADD CONSTRAINT "provider_decisions_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog"."provider_grants" ADD CONSTRAINT "provider_grants_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog"."provider_staff" ADD CONSTRAINT "provider_staff_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "provider_certificates_provider" ON "catalog"."provider_certificates" USING btree ("provider_id");--> statement-breakpoint
CREATE INDEX "provider_decisions_provider" ON "catalog"."provider_decisions" USING btree ("provider_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "provider_grants_now" ON "catalog"."provider_grants" USING btree ("provider_id","organization_id") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "provider_grants_organization" ON "catalog"."provider_grants" USING btree ("organization_id") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "provider_staff_now" ON "catalog"."provider_staff" USING btree ("provider_id","person_id") WHERE until is null;--> statement-breakpoint
CREATE INDEX "provider_staff_person" ON "catalog"."provider_staff" USING btree ("person_id") WHERE until is null;--> statement-breakpoint
CREATE UNIQUE INDEX "providers_one_an_organization" ON "catalog"."providers" USING btree ("organization_id") WHERE organization_id is not null and state <> 'closed';--> statement-breakpoint
CREATE INDEX "providers_by_state" ON "catalog"."providers" USING btree ("state","state_since","id");--> statement-breakpoint
-- What is registered already: whoever has a company's RUC, or sells, lends or buys without any document, is a company.
UPDATE "catalog"."providers" SET
  "form" = CASE
    WHEN "document_type" = 'ruc' AND left("document_number", 2) <> '10' THEN 'company'
    WHEN "document_type" IS NOT NULL OR "kind" IN ('agent', 'trainer') THEN 'person'
    ELSE 'company' END,
  "kinds" = ARRAY["kind"],
  "coverage" = ARRAY[left("district_code", 2)],
  "state_since" = coalesce("verified_at", "created_at"),
  "makers" = coalesce((
    SELECT array_agg(DISTINCT substr("actor", 8, 36)::uuid) FROM "catalog"."audit"
    WHERE "action" = 'provider.register' AND "subject" = "providers"."id"::text AND "actor" LIKE 'person:%'), '{}');
--> statement-breakpoint
INSERT INTO "catalog"."provider_staff" ("id", "provider_id", "person_id", "role", "since")
SELECT uuidv7(), "id", "person_id", 'manager', ("created_at" AT TIME ZONE 'America/Lima')::date FROM "catalog"."providers";
--> statement-breakpoint
-- One entry a person and a document from now on: later ones go into the first, a verified one before a draft. A draft
-- is closed and keeps its offers, which nobody has found yet. Of a document that two people typed into drafts it is
-- not known whose it is: neither gets into the other's entry.
DO $$
DECLARE twin record;
BEGIN
  LOOP
    SELECT * INTO twin FROM (
      SELECT a."id" AS keeper, b."id" AS merged, a."state" = b."state" AS alike, true AS one_person, a."state" AS state, a."created_at"
      FROM "catalog"."providers" a JOIN "catalog"."providers" b ON a."person_id" = b."person_id"
      WHERE a."form" = 'person' AND b."form" = 'person' AND a."state" <> 'closed' AND b."state" <> 'closed'
        AND (a."state" <> 'verified', a."created_at", a."id") < (b."state" <> 'verified', b."created_at", b."id")
      UNION ALL
      SELECT a."id", b."id", a."state" = b."state", a."person_id" = b."person_id", a."state", a."created_at"
      FROM "catalog"."providers" a JOIN "catalog"."providers" b
        ON a."document_number" = b."document_number" AND a."document_type" = b."document_type"
      WHERE a."state" <> 'closed' AND b."state" <> 'closed'
        AND (a."state" <> 'verified', a."created_at", a."id") < (b."state" <> 'verified', b."created_at", b."id")
    ) twins ORDER BY state <> 'verified', "created_at", keeper, merged LIMIT 1;
    EXIT WHEN NOT FOUND;
    IF twin.alike AND (twin.one_person OR twin.state = 'verified') THEN
      UPDATE "catalog"."providers" kept SET
        "kinds" = ARRAY(SELECT DISTINCT unnest(kept."kinds" || other."kinds")),
        "makers" = ARRAY(SELECT DISTINCT unnest(kept."makers" || other."makers")),
        "document_type" = coalesce(kept."document_type", other."document_type"),
        "document_number" = coalesce(kept."document_number", other."document_number")
      FROM "catalog"."providers" other WHERE kept."id" = twin.keeper AND other."id" = twin.merged;
      UPDATE "catalog"."offers" SET "provider_id" = twin.keeper WHERE "provider_id" = twin.merged;
      INSERT INTO "catalog"."provider_staff" ("id", "provider_id", "person_id", "role", "since")
      SELECT uuidv7(), twin.keeper, "person_id", 'manager', "since" FROM "catalog"."provider_staff" WHERE "provider_id" = twin.merged
      ON CONFLICT DO NOTHING;
    END IF;
    INSERT INTO "catalog"."provider_decisions" ("id", "provider_id", "transition", "from", "to", "by", "at", "reason")
    SELECT uuidv7(), "id", 'close', "state", 'closed', 'service:catalog', "state_since",
      CASE WHEN twin.one_person OR twin.alike AND twin.state = 'verified' THEN 'Merged into ' || twin.keeper
        ELSE 'Another entry has the same document' END
    FROM "catalog"."providers" WHERE "id" = twin.merged;
    UPDATE "catalog"."providers" SET "state" = 'closed' WHERE "id" = twin.merged;
  END LOOP;
END $$;
