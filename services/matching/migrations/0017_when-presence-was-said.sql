ALTER TABLE "matching"."presences" ADD COLUMN "said_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "matching"."presences" ADD COLUMN "heard_at" timestamp with time zone;--> statement-breakpoint
UPDATE "matching"."presences" SET "said_at" = "arrived_at", "heard_at" = "arrived_at";--> statement-breakpoint
ALTER TABLE "matching"."presences" ALTER COLUMN "said_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "matching"."presences" ALTER COLUMN "heard_at" SET NOT NULL;
