ALTER TABLE "brokering"."lots" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."lots" ADD COLUMN "reminded_people" integer;--> statement-breakpoint
ALTER TABLE "brokering"."pools" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."pools" ADD COLUMN "reminded_people" integer;