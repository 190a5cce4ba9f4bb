ALTER TABLE "matching"."engagements" DROP COLUMN "outcome_due_at";--> statement-breakpoint
ALTER TABLE "matching"."engagements" DROP COLUMN "outcome_asked_at";--> statement-breakpoint
ALTER TABLE "matching"."engagements" DROP COLUMN "score";