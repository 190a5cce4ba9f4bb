ALTER TABLE "profiles"."memberships" ADD COLUMN "named_as" text;--> statement-breakpoint
-- The first release knew no invited people: whoever had been loaded and never agreed came out of 0001 as active. As with
-- everybody named by others, 60 days from when they came here are what they have to agree in. Operators are named by the
-- settings and write to Minka later; who withdrew a consent had given one.
UPDATE "profiles"."people" p SET "state" = 'invited'
WHERE p."state" = 'active'
  AND NOT EXISTS (SELECT 1 FROM "profiles"."consents" c WHERE c."person_id" = p."id" AND c."purpose" = 'service')
  AND NOT EXISTS (SELECT 1 FROM "profiles"."operators" o WHERE o."person_id" = p."id");
