CREATE INDEX "audit_newest" ON "brokering"."audit" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_about" ON "brokering"."audit" USING btree (substring(subject from '[0-9a-f-]{36}'),"at");--> statement-breakpoint
CREATE INDEX "audit_by_actor" ON "brokering"."audit" USING btree (split_part(actor, ' ', 1),"at");--> statement-breakpoint
CREATE INDEX "audit_by_helper" ON "brokering"."audit" USING btree (split_part(actor, ' ', 3),"at") WHERE actor like '% through %';