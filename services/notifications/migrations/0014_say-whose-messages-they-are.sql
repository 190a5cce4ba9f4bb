ALTER TABLE "notifications"."inbound_messages" ADD COLUMN "person_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications"."outbound_messages" ADD COLUMN "person_id" uuid;--> statement-breakpoint
CREATE INDEX "inbound_messages_person" ON "notifications"."inbound_messages" USING btree ("person_id","received_at") WHERE person_id is not null;--> statement-breakpoint
CREATE INDEX "outbound_messages_person" ON "notifications"."outbound_messages" USING btree ("person_id","created_at") WHERE person_id is not null;