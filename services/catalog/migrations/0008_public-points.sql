ALTER TABLE "catalog"."listings" ADD COLUMN "public_latitude" double precision;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD COLUMN "public_longitude" double precision;--> statement-breakpoint
ALTER TABLE "catalog"."provider_listings" ADD COLUMN "public_latitude" double precision;--> statement-breakpoint
ALTER TABLE "catalog"."provider_listings" ADD COLUMN "public_longitude" double precision;