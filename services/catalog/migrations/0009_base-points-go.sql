ALTER TABLE "catalog"."provider_listings" DROP COLUMN "base_latitude";--> statement-breakpoint
ALTER TABLE "catalog"."provider_listings" DROP COLUMN "base_longitude";--> statement-breakpoint
-- What is listed by its exact point comes into the lists anew, by the timer that ages offers.
UPDATE "catalog"."freshness" SET "stage" = 'fresh', "confirmed_on" = '1970-01-01' FROM "catalog"."listings"
WHERE "listings"."offer_id" = "freshness"."offer_id" AND "listings"."base_latitude" IS NOT NULL;
