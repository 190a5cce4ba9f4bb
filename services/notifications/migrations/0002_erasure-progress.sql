ALTER TABLE "notifications"."farewells" ADD COLUMN "outbound_seen" uuid;--> statement-breakpoint
ALTER TABLE "notifications"."farewells" ADD COLUMN "inbound_seen" uuid;