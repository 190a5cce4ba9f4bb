CREATE TABLE "matching"."audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "matching"."capacity" (
	"offer_id" uuid NOT NULL,
	"month" text NOT NULL,
	"used" integer NOT NULL,
	CONSTRAINT "capacity_offer_id_month_pk" PRIMARY KEY("offer_id","month"),
	CONSTRAINT "capacity_used" CHECK (used >= 0)
);
--> statement-breakpoint
CREATE TABLE "matching"."engagements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"match_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"provider_person_id" uuid NOT NULL,
	"state" text NOT NULL,
	"agreed_at" timestamp with time zone NOT NULL,
	"visit_on" date NOT NULL,
	"outcome_due_at" timestamp with time zone NOT NULL,
	"outcome_asked_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"reported_by" text,
	"score" integer,
	"trace" text NOT NULL,
	CONSTRAINT "engagements_score" CHECK (score between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "matching"."idempotency_keys" (
	"scope" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "matching"."matches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"rank" integer NOT NULL,
	"state" text NOT NULL,
	"offer_id" uuid NOT NULL,
	"offer_version" integer NOT NULL,
	"provider_id" uuid NOT NULL,
	"provider_name" text NOT NULL,
	"provider_person_id" uuid NOT NULL,
	"distance_km" double precision,
	"price_centimos" integer,
	"price_unit" text,
	"monthly_capacity" integer,
	"score" double precision NOT NULL,
	"parts" jsonb NOT NULL,
	"weights_version" integer NOT NULL,
	"reasons" jsonb NOT NULL,
	"asked_at" timestamp with time zone,
	"ask_expires_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"capacity_month" text,
	"trace" text NOT NULL,
	CONSTRAINT "matches_order" UNIQUE("request_id","round","rank"),
	CONSTRAINT "matches_ask_ends" CHECK (state <> 'asked' or ask_expires_at is not null)
);
--> statement-breakpoint
CREATE TABLE "matching"."requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"need" jsonb NOT NULL,
	"district_code" text NOT NULL,
	"channel" text NOT NULL,
	"state" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"round" integer NOT NULL,
	"search_round" integer NOT NULL,
	"rounds_before" integer NOT NULL,
	"due_at" timestamp with time zone,
	"search_attempts" integer NOT NULL,
	"list_expires_at" timestamp with time zone,
	"reason" jsonb,
	"trace" text NOT NULL,
	CONSTRAINT "requests_searched_some_day" CHECK (state <> 'searching' or due_at is not null),
	CONSTRAINT "requests_list_ends" CHECK (state <> 'listed' or list_expires_at is not null)
);
--> statement-breakpoint
CREATE TABLE "matching"."standings" (
	"provider_id" uuid PRIMARY KEY NOT NULL,
	"ratings" integer NOT NULL,
	"rating_sum" integer NOT NULL,
	"asks" integer NOT NULL,
	"answers" integer NOT NULL,
	"answer_minutes_sum" integer NOT NULL,
	"no_shows" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "matching"."engagements" ADD CONSTRAINT "engagements_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "matching"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."engagements" ADD CONSTRAINT "engagements_match_id_matches_id_fk" FOREIGN KEY ("match_id") REFERENCES "matching"."matches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."matches" ADD CONSTRAINT "matches_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "matching"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "engagements_one_standing" ON "matching"."engagements" USING btree ("request_id") WHERE state in ('agreed', 'done');--> statement-breakpoint
CREATE INDEX "engagements_request" ON "matching"."engagements" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "engagements_outcomes" ON "matching"."engagements" USING btree ("outcome_due_at") WHERE state = 'agreed' and outcome_asked_at is null;--> statement-breakpoint
CREATE INDEX "engagements_providing" ON "matching"."engagements" USING btree ("provider_person_id","id") WHERE state = 'agreed';--> statement-breakpoint
CREATE UNIQUE INDEX "matches_one_asked" ON "matching"."matches" USING btree ("request_id") WHERE state = 'asked';--> statement-breakpoint
CREATE INDEX "matches_asks" ON "matching"."matches" USING btree ("ask_expires_at") WHERE state = 'asked';--> statement-breakpoint
CREATE INDEX "matches_open_asks" ON "matching"."matches" USING btree ("provider_id") WHERE state = 'asked';--> statement-breakpoint
CREATE INDEX "matches_asked_of" ON "matching"."matches" USING btree ("provider_person_id","ask_expires_at") WHERE state = 'asked';--> statement-breakpoint
CREATE INDEX "requests_due" ON "matching"."requests" USING btree ("due_at") WHERE state = 'searching';--> statement-breakpoint
CREATE INDEX "requests_lists" ON "matching"."requests" USING btree ("list_expires_at") WHERE state = 'listed';--> statement-breakpoint
CREATE INDEX "requests_person" ON "matching"."requests" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "requests_state" ON "matching"."requests" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "requests_open" ON "matching"."requests" USING btree ("district_code","kind") WHERE state in ('searching', 'listed', 'asking', 'agreed', 'with_operator');