CREATE TABLE "catalog"."unlisted_providers" (
	"provider_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "catalog"."unlisted_providers" ADD CONSTRAINT "unlisted_providers_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "providers_contact" ON "catalog"."providers" USING btree ("person_id");--> statement-breakpoint
-- Their words are worked out by the job `list-provider`, which finds them here.
INSERT INTO "catalog"."unlisted_providers" ("provider_id")
SELECT "id" FROM "catalog"."providers" WHERE "state" = 'verified'
  AND NOT EXISTS (SELECT 1 FROM "catalog"."provider_listings" WHERE "provider_listings"."provider_id" = "providers"."id");
