ALTER TABLE "matching"."requests" ADD COLUMN "place_name" text;--> statement-breakpoint
ALTER TABLE "matching"."requests" ADD COLUMN "place_latitude" double precision;--> statement-breakpoint
ALTER TABLE "matching"."requests" ADD COLUMN "place_longitude" double precision;