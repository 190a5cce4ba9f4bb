CREATE TABLE "matching"."complaints" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"match_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"state" text NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by" text,
	"trace" text NOT NULL,
	CONSTRAINT "complaints_once" UNIQUE("person_id","match_id")
);
--> statement-breakpoint
ALTER TABLE "matching"."matches" ADD COLUMN "decline_reason" text;--> statement-breakpoint
ALTER TABLE "matching"."complaints" ADD CONSTRAINT "complaints_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "matching"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."complaints" ADD CONSTRAINT "complaints_match_id_matches_id_fk" FOREIGN KEY ("match_id") REFERENCES "matching"."matches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "complaints_raised" ON "matching"."complaints" USING btree ("provider_id") WHERE state = 'raised';--> statement-breakpoint
CREATE INDEX "complaints_state" ON "matching"."complaints" USING btree ("state","id");