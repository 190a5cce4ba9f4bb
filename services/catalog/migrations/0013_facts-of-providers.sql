ALTER TABLE "catalog"."listings" ADD COLUMN "languages" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "known_topics" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "expert_topics" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "certified_until" date;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "adviser_sells" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- What `keepProviderFacts` says of each offer that is listed.
UPDATE "catalog"."listings" SET
  "languages" = "facts"."languages", "known_topics" = "facts"."known_topics", "expert_topics" = "facts"."expert_topics",
  "certified_until" = "facts"."certified_until", "adviser_sells" = "facts"."adviser_sells"
FROM (
  SELECT "l"."number",
    CASE WHEN "l"."kind" = 'assistance' THEN coalesce("known"."languages", '{}') ELSE '{}' END AS "languages",
    ARRAY(SELECT "topic"->>'topic' FROM jsonb_array_elements("known"."topics") WITH ORDINALITY AS "each" ("topic", "place")
      WHERE "l"."kind" = 'assistance' ORDER BY "place") AS "known_topics",
    ARRAY(SELECT "topic"->>'topic' FROM jsonb_array_elements("known"."topics") WITH ORDINALITY AS "each" ("topic", "place")
      WHERE "l"."kind" = 'assistance' AND "topic"->>'level' = 'specialist' ORDER BY "place") AS "expert_topics",
    (SELECT max(coalesce("held"."expires_on", 'infinity')) FROM "catalog"."provider_certificates" AS "held"
      WHERE "held"."provider_id" = "l"."provider_id" AND "held"."checked_at" IS NOT NULL
        AND CASE
          WHEN "l"."kind" IN ('assistance', 'training') THEN "held"."kind" IN ('school_of_excellence', 'competence', 'degree')
          WHEN "l"."kind" = 'input' THEN "held"."kind" IN ('input_handling', 'organic_handling')
          WHEN "l"."kind" = 'equipment' THEN "held"."kind" = 'competence'
          WHEN "l"."kind" = 'service' THEN "held"."kind" IN ('competence', 'degree')
          WHEN "l"."kind" = 'purchase' THEN "held"."kind" IN
            ('organic', 'rainforest', 'fair_trade', 'utz', 'bird_friendly', 'four_c', 'global_gap')
          ELSE false END) AS "certified_until",
    CASE "l"."kind"
      WHEN 'assistance' THEN coalesce(jsonb_array_length("known"."resells") > 0, false) OR EXISTS (
        SELECT 1 FROM "catalog"."listings" AS "own" WHERE "own"."provider_id" = "l"."provider_id" AND "own"."kind" = 'input')
      WHEN 'input' THEN 'agent' = ANY ("provider"."kinds") OR EXISTS (
        SELECT 1 FROM "catalog"."listings" AS "own" WHERE "own"."provider_id" = "l"."provider_id" AND "own"."kind" = 'assistance')
      ELSE false END AS "adviser_sells"
  FROM "catalog"."listings" AS "l"
  JOIN "catalog"."providers" AS "provider" ON "provider"."id" = "l"."provider_id"
  LEFT JOIN "catalog"."agent_profiles" AS "known" ON "known"."provider_id" = "l"."provider_id"
) AS "facts"
WHERE "listings"."number" = "facts"."number"
  AND ("listings"."languages", "listings"."known_topics", "listings"."expert_topics", "listings"."certified_until",
    "listings"."adviser_sells")
  IS DISTINCT FROM ("facts"."languages", "facts"."known_topics", "facts"."expert_topics", "facts"."certified_until",
    "facts"."adviser_sells");
