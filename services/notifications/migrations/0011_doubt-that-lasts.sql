DROP INDEX "notifications"."outbound_messages_waiting";--> statement-breakpoint
ALTER TABLE "notifications"."outbound_messages" ADD COLUMN "doubt_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notifications"."channels" ADD COLUMN "opened_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "outbound_messages_doubted" ON "notifications"."outbound_messages" USING btree ("doubt_since") WHERE state = 'queued' and doubt_since is not null;--> statement-breakpoint
CREATE INDEX "outbound_messages_expiring" ON "notifications"."outbound_messages" USING btree ("expires_at") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "outbound_messages_pending" ON "notifications"."outbound_messages" USING btree ("phone","sequence") WHERE state in ('queued', 'sending', 'unknown');