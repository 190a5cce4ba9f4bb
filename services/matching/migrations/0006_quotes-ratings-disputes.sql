CREATE TABLE "matching"."blocks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "blocks_once" UNIQUE("person_id","provider_id","by")
);
--> statement-breakpoint
CREATE TABLE "matching"."ask_load" (
	"provider_id" uuid PRIMARY KEY NOT NULL,
	"silent_in_row" integer DEFAULT 0 NOT NULL,
	"answered_at" timestamp with time zone,
	"rested_at" timestamp with time zone,
	CONSTRAINT "ask_load_silent" CHECK (silent_in_row >= 0)
);
--> statement-breakpoint
CREATE TABLE "matching"."closures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"area" text NOT NULL,
	"place_name" text,
	"until" date NOT NULL,
	"reason" text NOT NULL,
	"organization_id" uuid,
	"closed_by" text NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "matching"."disputes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"engagement_id" uuid NOT NULL,
	"by" text,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"outcome" text,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "matching"."presences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"engagement_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"arrived_at" timestamp with time zone NOT NULL,
	"expected_until" timestamp with time zone NOT NULL,
	"left_at" timestamp with time zone,
	"overdue_at" timestamp with time zone,
	"trace" text NOT NULL,
	CONSTRAINT "presences_once" UNIQUE("engagement_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "matching"."quotes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"match_id" uuid NOT NULL,
	"by" text NOT NULL,
	"price_centimos" integer,
	"price_unit" text,
	"visit_on" date,
	"at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"trace" text NOT NULL,
	CONSTRAINT "quotes_say_something" CHECK (price_centimos is not null or visit_on is not null)
);
--> statement-breakpoint
CREATE TABLE "matching"."weight_sets" (
	"version" integer PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"weights" jsonb NOT NULL,
	"travel_factors" jsonb NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "matching"."ratings" (
	"engagement_id" uuid NOT NULL,
	"by" text NOT NULL,
	"score" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"publish_at" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone,
	"trace" text NOT NULL,
	CONSTRAINT "ratings_engagement_id_by_pk" PRIMARY KEY("engagement_id","by"),
	CONSTRAINT "ratings_score" CHECK (score between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "matching"."reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"why" text,
	"asked_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"settled_at" timestamp with time zone,
	"settled_by" text,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "matching"."searches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"stage" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"candidates" integer NOT NULL,
	"listed" integer NOT NULL,
	"dropped" jsonb NOT NULL,
	"empty_because" text
);
--> statement-breakpoint
ALTER TABLE "matching"."engagements" DROP CONSTRAINT "engagements_score";--> statement-breakpoint
DROP INDEX "matching"."engagements_outcomes";--> statement-breakpoint
DROP INDEX "matching"."matches_one_asked";--> statement-breakpoint
DROP INDEX "matching"."engagements_one_standing";--> statement-breakpoint
ALTER TABLE "matching"."engagements" ADD COLUMN "price_centimos" integer;--> statement-breakpoint
ALTER TABLE "matching"."engagements" ADD COLUMN "price_unit" text;--> statement-breakpoint
ALTER TABLE "matching"."engagements" ADD COLUMN "next_step" text;--> statement-breakpoint
ALTER TABLE "matching"."engagements" ADD COLUMN "next_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "matching"."engagements" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
ALTER TABLE "matching"."engagements" ADD COLUMN "reworks" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "matching"."engagements" ADD COLUMN "helped" text;--> statement-breakpoint
ALTER TABLE "matching"."matches" ADD COLUMN "for_month" text;--> statement-breakpoint
ALTER TABLE "matching"."matches" ADD COLUMN "by_phone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "matching"."matches" ADD COLUMN "offer_title" text;--> statement-breakpoint
ALTER TABLE "matching"."matches" ADD COLUMN "withdrawn_because" text;--> statement-breakpoint
ALTER TABLE "matching"."requests" ADD COLUMN "wanted_offer_id" uuid;--> statement-breakpoint
ALTER TABLE "matching"."standings" ADD COLUMN "published_ratings" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "matching"."standings" ADD COLUMN "published_sum" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "matching"."standings" ADD COLUMN "completed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "matching"."standings" ADD COLUMN "cancelled_late" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "matching"."standings" ADD COLUMN "helped" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "matching"."standings" ADD COLUMN "help_asked" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "matching"."disputes" ADD CONSTRAINT "disputes_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "matching"."engagements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."presences" ADD CONSTRAINT "presences_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "matching"."engagements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."quotes" ADD CONSTRAINT "quotes_match_id_matches_id_fk" FOREIGN KEY ("match_id") REFERENCES "matching"."matches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."ratings" ADD CONSTRAINT "ratings_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "matching"."engagements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."reviews" ADD CONSTRAINT "reviews_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "matching"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."searches" ADD CONSTRAINT "searches_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "matching"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "blocks_provider" ON "matching"."blocks" USING btree ("provider_id","id");--> statement-breakpoint
CREATE INDEX "closures_standing" ON "matching"."closures" USING btree ("until") WHERE opened_at is null;--> statement-breakpoint
CREATE INDEX "disputes_engagement" ON "matching"."disputes" USING btree ("engagement_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "disputes_one_open" ON "matching"."disputes" USING btree ("engagement_id") WHERE settled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "presences_now" ON "matching"."presences" USING btree ("person_id") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "presences_watched" ON "matching"."presences" USING btree ("expected_until") WHERE left_at is null and overdue_at is null;--> statement-breakpoint
CREATE INDEX "presences_old" ON "matching"."presences" USING btree ("arrived_at");--> statement-breakpoint
CREATE INDEX "quotes_match" ON "matching"."quotes" USING btree ("match_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "quotes_one_open" ON "matching"."quotes" USING btree ("match_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "quotes_due" ON "matching"."quotes" USING btree ("expires_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "ratings_due" ON "matching"."ratings" USING btree ("publish_at") WHERE published_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_one_open" ON "matching"."reviews" USING btree ("request_id") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "reviews_person" ON "matching"."reviews" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "searches_request" ON "matching"."searches" USING btree ("request_id","id");--> statement-breakpoint
CREATE INDEX "engagements_due" ON "matching"."engagements" USING btree ("next_at") WHERE next_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "engagements_one_standing" ON "matching"."engagements" USING btree ("request_id") WHERE state in ('agreed', 'done', 'rework', 'disputed');--> statement-breakpoint
UPDATE "matching"."engagements" SET "next_step" = case when "outcome_asked_at" is null then 'ask-outcome' else 'ask-again' end, "next_at" = case when "outcome_asked_at" is null then "outcome_due_at" else "outcome_due_at" + interval '2 days' end WHERE "state" = 'agreed';--> statement-breakpoint
UPDATE "matching"."engagements" e SET "price_centimos" = m."price_centimos", "price_unit" = m."price_unit" FROM "matching"."matches" m WHERE m."id" = e."match_id";--> statement-breakpoint
INSERT INTO "matching"."ratings" ("engagement_id", "by", "score", "at", "publish_at", "published_at", "trace") SELECT "id", 'requester', "score", coalesce("closed_at", "agreed_at"), coalesce("closed_at", "agreed_at") + interval '7 days', coalesce("closed_at", "agreed_at"), "trace" FROM "matching"."engagements" WHERE "score" is not null;--> statement-breakpoint
UPDATE "matching"."standings" SET "published_ratings" = "ratings", "published_sum" = "rating_sum";--> statement-breakpoint
CREATE INDEX "audit_subject" ON "matching"."audit" USING btree ("subject");--> statement-breakpoint
ALTER TABLE "matching"."engagements" ADD CONSTRAINT "engagements_go_on" CHECK (state not in ('agreed', 'rework') or next_at is not null);