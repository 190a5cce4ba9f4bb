DROP INDEX "catalog"."providers_person";--> statement-breakpoint
DROP INDEX "catalog"."providers_document";--> statement-breakpoint
ALTER TABLE "catalog"."providers" ALTER COLUMN "form" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ALTER COLUMN "kinds" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ALTER COLUMN "coverage" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ALTER COLUMN "state_since" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."providers" ALTER COLUMN "makers" SET NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "providers_one_a_person" ON "catalog"."providers" USING btree ("person_id") WHERE form = 'person' and state <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "providers_one_a_document" ON "catalog"."providers" USING btree ("document_type","document_number") WHERE document_number is not null and state <> 'closed';--> statement-breakpoint
ALTER TABLE "catalog"."providers" DROP COLUMN "kind";