CREATE TABLE "matching"."outcome_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"title" text NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL,
	"figures" jsonb NOT NULL,
	"by" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "matching"."plan_agents" ADD COLUMN "day_told" date;--> statement-breakpoint
ALTER TABLE "matching"."plan_visits" ADD COLUMN "other_day" date;--> statement-breakpoint
ALTER TABLE "matching"."plans" ADD COLUMN "made_by" uuid;