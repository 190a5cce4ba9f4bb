ALTER TABLE "catalog"."listings" ADD COLUMN "provider_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE "catalog"."listings" SET "provider_name" = "providers"."name"
FROM "catalog"."providers" WHERE "providers"."id" = "listings"."provider_id";
