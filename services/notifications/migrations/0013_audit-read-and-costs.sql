ALTER TABLE "notifications"."inbound_messages" ADD COLUMN "segments" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_newest" ON "notifications"."audit" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_about" ON "notifications"."audit" USING btree (substring(subject from '[0-9a-f-]{36}'),"at");--> statement-breakpoint
CREATE INDEX "audit_by_actor" ON "notifications"."audit" USING btree (split_part(actor, ' ', 1),"at");--> statement-breakpoint
CREATE INDEX "audit_by_helper" ON "notifications"."audit" USING btree (split_part(actor, ' ', 3),"at") WHERE actor like '% through %';--> statement-breakpoint
CREATE INDEX "inbound_messages_received" ON "notifications"."inbound_messages" USING brin ("received_at");--> statement-breakpoint
CREATE INDEX "outbound_attempts_started" ON "notifications"."outbound_attempts" USING brin ("started_at");