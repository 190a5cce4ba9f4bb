CREATE TABLE "profiles"."data_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "profiles"."erasures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"asked_by" text NOT NULL,
	"details" jsonb,
	"catalog_at" timestamp with time zone,
	"matching_at" timestamp with time zone,
	"notifications_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"attempts" integer NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"trace" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "profiles"."data_files" ADD CONSTRAINT "data_files_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."erasures" ADD CONSTRAINT "erasures_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "data_files_token" ON "profiles"."data_files" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "data_files_person" ON "profiles"."data_files" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_person" ON "profiles"."erasures" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "erasures_due" ON "profiles"."erasures" USING btree ("due_at") WHERE done_at is null;