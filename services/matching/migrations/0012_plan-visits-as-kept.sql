ALTER TABLE "matching"."plan_sessions" DROP COLUMN "fixed";--> statement-breakpoint
ALTER TABLE "matching"."plan_visits" DROP COLUMN "by_hand";