CREATE TABLE "matching"."sponsored_requests" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"sponsorship_ids" uuid[] NOT NULL,
	"sex" text,
	"size_class" text,
	"member" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "matching"."sponsored_services" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sponsorship_id" uuid NOT NULL,
	"match_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"amount_centimos" integer NOT NULL,
	"spent_centimos" integer,
	"state" text NOT NULL,
	"reserved_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"district_code" text NOT NULL,
	"sex" text,
	"size_class" text,
	"member" boolean NOT NULL,
	CONSTRAINT "sponsored_services_spent" CHECK (spent_centimos <= amount_centimos)
);
--> statement-breakpoint
CREATE TABLE "matching"."sponsorships" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sponsor_kind" text NOT NULL,
	"sponsor_id" uuid,
	"sponsor_name" text NOT NULL,
	"contact_person_id" uuid NOT NULL,
	"title" text NOT NULL,
	"state" text NOT NULL,
	"budget_centimos" integer NOT NULL,
	"reserved_centimos" integer DEFAULT 0 NOT NULL,
	"spent_centimos" integer DEFAULT 0 NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL,
	"kinds" text[] NOT NULL,
	"topics" text[] NOT NULL,
	"crops" text[] NOT NULL,
	"districts" text[] NOT NULL,
	"sexes" text[] NOT NULL,
	"size_classes" text[] NOT NULL,
	"member" boolean,
	"organization_ids" uuid[] NOT NULL,
	"share_percent" integer NOT NULL,
	"most_per_service_centimos" integer NOT NULL,
	"most_per_person" integer NOT NULL,
	"makers" uuid[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"trace" text NOT NULL,
	CONSTRAINT "sponsorships_within_budget" CHECK (reserved_centimos + spent_centimos <= budget_centimos),
	CONSTRAINT "sponsorships_nothing_negative" CHECK (reserved_centimos >= 0 and spent_centimos >= 0),
	CONSTRAINT "sponsorships_share" CHECK (share_percent between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "matching"."matches" ADD COLUMN "sponsorship_id" uuid;--> statement-breakpoint
ALTER TABLE "matching"."matches" ADD COLUMN "sponsor_pays_centimos" integer;--> statement-breakpoint
ALTER TABLE "matching"."sponsored_requests" ADD CONSTRAINT "sponsored_requests_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "matching"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."sponsored_services" ADD CONSTRAINT "sponsored_services_sponsorship_id_sponsorships_id_fk" FOREIGN KEY ("sponsorship_id") REFERENCES "matching"."sponsorships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."sponsored_services" ADD CONSTRAINT "sponsored_services_match_id_matches_id_fk" FOREIGN KEY ("match_id") REFERENCES "matching"."matches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "sponsored_services_standing" ON "matching"."sponsored_services" USING btree ("match_id") WHERE state <> 'released';--> statement-breakpoint
CREATE INDEX "sponsored_services_person" ON "matching"."sponsored_services" USING btree ("sponsorship_id","person_id");--> statement-breakpoint
CREATE INDEX "sponsorships_open" ON "matching"."sponsorships" USING btree ("until_day") WHERE state in ('active', 'paused');--> statement-breakpoint
CREATE INDEX "sponsorships_sponsor" ON "matching"."sponsorships" USING btree ("sponsor_id","id");