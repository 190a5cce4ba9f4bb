DROP INDEX "catalog"."listings_provider";--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "opens_on" date;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "closes_on" date;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "quality" jsonb;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "certificates" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "pack_amount" double precision;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "pack_unit" text;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "least_packs" integer;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "stock_packs" integer;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "requirements" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "title" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "women_focused" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "specialist_topics" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "listings_provider" ON "catalog"."listings" USING btree ("provider_id","kind");--> statement-breakpoint
-- What `conditionsOf` says of each offer that is listed.
UPDATE "catalog"."listings" SET
  "opens_on" = CASE WHEN "offers"."kind" = 'purchase' THEN ("offers"."terms"->'delivery'->>'from')::date END,
  "closes_on" = CASE "offers"."kind"
    WHEN 'training' THEN ("offers"."terms"->>'endsOn')::date
    WHEN 'purchase' THEN ("offers"."terms"->'delivery'->>'until')::date END,
  "state" = CASE WHEN "offers"."kind" = 'purchase' THEN "offers"."terms"->>'state' END,
  "quality" = CASE WHEN "offers"."kind" = 'purchase' THEN coalesce("offers"."terms"->'quality', '{}') END,
  "certificates" = "offers"."certificates",
  "pack_amount" = CASE "offers"."kind"
    WHEN 'input' THEN ("offers"."terms"->'pack'->>'amount')::float8
    WHEN 'equipment' THEN 1 END,
  "pack_unit" = CASE "offers"."kind" WHEN 'input' THEN "offers"."terms"->'pack'->>'unit' WHEN 'equipment' THEN 'unit' END,
  "least_packs" = CASE WHEN "offers"."kind" IN ('input', 'equipment')
    THEN ("offers"."terms"->'tiers'->0->>'minimumPacks')::int END,
  "requirements" = ARRAY(
    SELECT ((array_position("known"."words", "one"->>'requirement') - 1) << 16)
      | (SELECT bit_or(1 << (array_position("known"."words", "would_do") - 1))
        FROM jsonb_array_elements_text(jsonb_build_array("one"->'requirement') || coalesce("one"->'substitutes', '[]'))
          AS "each" ("would_do"))
    FROM jsonb_array_elements("offers"."terms"->'requirements') WITH ORDINALITY AS "asked" ("one", "place")
    ORDER BY "place"),
  "title" = coalesce("offers"."title", ''),
  "women_focused" = "offers"."audience" <> 'everyone',
  "specialist_topics" = ARRAY(SELECT jsonb_array_elements_text("offers"."terms"->'specialistTopics'))
FROM "catalog"."offers", (SELECT ARRAY['identity_document', 'land_title', 'possession_certificate',
  'association_endorsement', 'group_guarantee', 'guarantor', 'membership', 'harvest_history', 'purchase_contract',
  'technical_visit', 'savings', 'no_overdue_debt', 'business_registration'] AS "words") AS "known"
WHERE "offers"."id" = "listings"."offer_id";--> statement-breakpoint
-- Pesticides without their number are found no more from now on; the job `list-provider` takes them out of the lists,
-- and posts what is told by phone.
DELETE FROM "catalog"."postings" USING "catalog"."listings", "catalog"."offers"
WHERE "postings"."number" = "listings"."number" AND "offers"."id" = "listings"."offer_id"
  AND "offers"."kind" = 'input' AND "offers"."terms"->>'product' IN ('fungicide', 'insecticide', 'herbicide', 'copper')
  AND trim(coalesce("offers"."terms"->>'registerNumber', '')) = '';--> statement-breakpoint
INSERT INTO "catalog"."unlisted_providers" ("provider_id")
SELECT DISTINCT "providers"."id" FROM "catalog"."providers"
JOIN "catalog"."offers" ON "offers"."provider_id" = "providers"."id"
WHERE "providers"."state" = 'verified' AND "offers"."state" = 'published' AND (
  ("offers"."kind" = 'assistance' AND "offers"."terms"->'modalities' ? 'phone')
  OR ("offers"."kind" = 'input' AND "offers"."terms"->>'product' IN ('fungicide', 'insecticide', 'herbicide', 'copper')
    AND trim(coalesce("offers"."terms"->>'registerNumber', '')) = ''))
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- The order among equals follows from the offers' ids, no more from who came first: see `placeCode`.
DROP INDEX "catalog"."postings_in_order";--> statement-breakpoint
UPDATE "catalog"."postings" SET "place" = ("place" & (1 << 30)) | CASE
  WHEN "place" & (1 << 29) <> 0 THEN (1 << 29) | ((("place" >> 17) & 3) << 27)
    | ((("place" & 131071) - 98304) << 12) | "tied"."tie"
  ELSE (("place" & ((1 << 29) - 1)) << 9) | ("tied"."tie" & 511) END
FROM (SELECT "number", ('x' || right("offer_id"::text, 3))::bit(12)::int AS "tie" FROM "catalog"."listings") AS "tied"
WHERE "tied"."number" = "postings"."number";--> statement-breakpoint
CREATE INDEX "postings_in_order" ON "catalog"."postings" USING btree ("range","place","number","bits");
