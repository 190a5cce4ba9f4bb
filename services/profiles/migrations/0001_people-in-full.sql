ALTER TABLE "profiles"."consents" ADD COLUMN "witness" text;--> statement-breakpoint
ALTER TABLE "profiles"."consents" ADD COLUMN "withdrawn_channel" text;--> statement-breakpoint
ALTER TABLE "profiles"."consents" ADD COLUMN "withdrawn_witness" text;--> statement-breakpoint
ALTER TABLE "profiles"."people" ADD COLUMN "state" text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles"."people" ADD COLUMN "dni" text;--> statement-breakpoint
ALTER TABLE "profiles"."people" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "profiles"."people" ADD COLUMN "locality" text;--> statement-breakpoint
ALTER TABLE "profiles"."people" ADD COLUMN "contact_from_hour" smallint;--> statement-breakpoint
ALTER TABLE "profiles"."people" ADD COLUMN "contact_to_hour" smallint;--> statement-breakpoint
ALTER TABLE "profiles"."people" ADD COLUMN "wallets" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "consents_person" ON "profiles"."consents" USING btree ("person_id","given_at");--> statement-breakpoint
CREATE UNIQUE INDEX "people_dni" ON "profiles"."people" USING btree ("dni") WHERE dni is not null and state <> 'erased';--> statement-breakpoint
CREATE INDEX "people_invited" ON "profiles"."people" USING btree ("created_at") WHERE state = 'invited';