CREATE TABLE "catalog"."imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"state" text NOT NULL,
	"actor" text NOT NULL,
	"trace" text NOT NULL,
	"content" text,
	"rows" integer NOT NULL,
	"progress" integer NOT NULL,
	"errors" jsonb NOT NULL,
	"error_count" integer NOT NULL,
	"warnings" jsonb NOT NULL,
	"warning_count" integer NOT NULL,
	"result" jsonb,
	"holder" uuid,
	"due_at" timestamp with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"forget_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."places" (
	"number" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "catalog"."places_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"district_code" text NOT NULL,
	"name" text NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"plain" text NOT NULL,
	"sound" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "imports_owner" ON "catalog"."imports" USING btree ("owner_id","id");--> statement-breakpoint
CREATE INDEX "imports_due" ON "catalog"."imports" USING btree ("due_at") WHERE state in ('received', 'checking', 'loading');--> statement-breakpoint
CREATE INDEX "imports_forget" ON "catalog"."imports" USING btree ("forget_at") WHERE content is not null;--> statement-breakpoint
CREATE INDEX "places_district" ON "catalog"."places" USING btree ("district_code");--> statement-breakpoint
CREATE INDEX "places_plain" ON "catalog"."places" USING btree (plain text_pattern_ops);--> statement-breakpoint
CREATE INDEX "places_sound" ON "catalog"."places" USING btree ("sound");