CREATE TABLE "profiles"."refusals" (
	"hash" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "profiles"."invitations" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "profiles"."invitations" ADD COLUMN "introduced" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- The first list that named a person is the one that brought them in, and knows only what it wrote itself.
UPDATE "profiles"."invitations" SET "introduced" = true, "name" = "people"."name"
FROM "profiles"."people" WHERE "people"."id" = "invitations"."person_id" AND "people"."state" = 'invited'
AND "invitations"."id" = (SELECT "first"."id" FROM "profiles"."invitations" "first"
  WHERE "first"."person_id" = "people"."id" ORDER BY "first"."created_at", "first"."id" LIMIT 1);
