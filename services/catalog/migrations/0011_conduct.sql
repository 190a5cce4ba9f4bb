ALTER TABLE "catalog"."providers" ADD COLUMN "conduct_version" text;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ADD COLUMN "conduct_at" timestamp with time zone;