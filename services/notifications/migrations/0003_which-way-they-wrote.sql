ALTER TABLE "notifications"."conversations" ADD COLUMN "gateway" text;--> statement-breakpoint
ALTER TABLE "notifications"."conversations" ADD COLUMN "wrote_at" timestamp with time zone;