ALTER TABLE "notifications"."conversations" ADD COLUMN "rests_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notifications"."inbound_messages" ADD COLUMN "stamped_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "inbound_messages_texts" ON "notifications"."inbound_messages" USING btree ("received_at") WHERE body is not null;--> statement-breakpoint
CREATE INDEX "outbound_messages_texts" ON "notifications"."outbound_messages" USING btree ("created_at") WHERE body is not null;--> statement-breakpoint
CREATE INDEX "prompts_closed" ON "notifications"."prompts" USING btree ("expires_at") WHERE state in ('answered', 'expired');