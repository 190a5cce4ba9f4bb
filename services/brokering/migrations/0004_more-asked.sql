ALTER TABLE "brokering"."credits" ADD COLUMN "more" jsonb;--> statement-breakpoint
ALTER TABLE "brokering"."credits" ADD COLUMN "more_asks" integer DEFAULT 0 NOT NULL;