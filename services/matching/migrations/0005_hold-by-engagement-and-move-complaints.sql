DROP INDEX "matching"."complaints_raised";--> statement-breakpoint
ALTER TABLE "matching"."complaints" ADD COLUMN "holds" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "complaints_provider" ON "matching"."complaints" USING btree ("provider_id","id");--> statement-breakpoint
CREATE INDEX "complaints_person" ON "matching"."complaints" USING btree ("person_id","raised_at");