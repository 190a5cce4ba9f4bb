CREATE TABLE "matching"."agent_calendars" (
	"provider_id" uuid PRIMARY KEY NOT NULL,
	"weekdays" integer[] NOT NULL,
	"days_off" date[] NOT NULL,
	"stops_a_day" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "matching"."appointments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"crop" text NOT NULL,
	"day" date NOT NULL,
	"minute" integer NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "appointments_hour" UNIQUE("provider_id","day","minute")
);
--> statement-breakpoint
CREATE TABLE "matching"."caseloads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"crop" text NOT NULL,
	"organization_id" uuid,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "caseloads_once" UNIQUE("person_id","topic","crop")
);
--> statement-breakpoint
CREATE TABLE "matching"."place_days" (
	"district_code" text NOT NULL,
	"place_name" text NOT NULL,
	"market" integer[] NOT NULL,
	"school" integer[] NOT NULL,
	CONSTRAINT "place_days_district_code_place_name_pk" PRIMARY KEY("district_code","place_name")
);
--> statement-breakpoint
CREATE TABLE "matching"."plan_agents" (
	"plan_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"provider_name" text NOT NULL,
	"person_id" uuid NOT NULL,
	"answer" text,
	"asked_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"reminded" boolean NOT NULL,
	"unavailable" date[] NOT NULL,
	"trace" text NOT NULL,
	CONSTRAINT "plan_agents_plan_id_provider_id_pk" PRIMARY KEY("plan_id","provider_id"),
	CONSTRAINT "plan_agents_answer_some_day" CHECK (answer <> 'waiting' or due_at is not null)
);
--> statement-breakpoint
CREATE TABLE "matching"."plan_moves" (
	"id" uuid PRIMARY KEY NOT NULL,
	"visit_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"from" jsonb,
	"to" jsonb,
	"why" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "matching"."plan_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"day" date NOT NULL,
	"minute" integer NOT NULL,
	"stop_order" integer NOT NULL,
	"topic" text,
	"crop" text,
	"host_visit_id" uuid NOT NULL,
	"fixed" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "matching"."plan_visits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"topic" text,
	"crop" text,
	"district_code" text NOT NULL,
	"place_name" text,
	"woman_only" boolean NOT NULL,
	"state" text NOT NULL,
	"why" jsonb,
	"provider_id" uuid,
	"session_id" uuid,
	"km" double precision,
	"offer_id" uuid,
	"offer_version" integer,
	"price_centimos" integer,
	"price_unit" text,
	"monthly_capacity" integer,
	"capacity_month" text,
	"previous_provider_id" uuid,
	"request_id" uuid,
	"match_id" uuid,
	"engagement_id" uuid,
	"fixed" jsonb,
	"refused" jsonb NOT NULL,
	"refused_by" uuid[] NOT NULL,
	"agent_agrees" boolean NOT NULL,
	"by_hand" boolean NOT NULL,
	"proposed_at" timestamp with time zone,
	"proposals" integer NOT NULL,
	"reminded" boolean NOT NULL,
	"answered_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"trace" text NOT NULL,
	CONSTRAINT "plan_visits_placed" CHECK (state not in ('planned', 'proposed', 'accepted') or session_id is not null),
	CONSTRAINT "plan_visits_waited_for" CHECK (state <> 'proposed' or due_at is not null)
);
--> statement-breakpoint
CREATE TABLE "matching"."plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"month" text NOT NULL,
	"organization_id" uuid,
	"state" text NOT NULL,
	"settings" jsonb NOT NULL,
	"compute_at" timestamp with time zone,
	"compute_attempts" integer NOT NULL,
	"version" integer NOT NULL,
	"why" jsonb,
	"figures" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"approved_at" timestamp with time zone,
	"closes_at" timestamp with time zone NOT NULL,
	"trace" text NOT NULL,
	CONSTRAINT "plans_computed_some_day" CHECK (state <> 'computing' or compute_at is not null)
);
--> statement-breakpoint
ALTER TABLE "matching"."plan_agents" ADD CONSTRAINT "plan_agents_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "matching"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."plan_moves" ADD CONSTRAINT "plan_moves_visit_id_plan_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "matching"."plan_visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."plan_sessions" ADD CONSTRAINT "plan_sessions_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "matching"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."plan_visits" ADD CONSTRAINT "plan_visits_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "matching"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."plan_visits" ADD CONSTRAINT "plan_visits_session_id_plan_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "matching"."plan_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matching"."plan_visits" ADD CONSTRAINT "plan_visits_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "matching"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appointments_person" ON "matching"."appointments" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "caseloads_provider" ON "matching"."caseloads" USING btree ("provider_id","id");--> statement-breakpoint
CREATE INDEX "plan_agents_provider" ON "matching"."plan_agents" USING btree ("provider_id");--> statement-breakpoint
CREATE INDEX "plan_agents_person" ON "matching"."plan_agents" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "plan_agents_due" ON "matching"."plan_agents" USING btree ("due_at") WHERE answer = 'waiting';--> statement-breakpoint
CREATE INDEX "plan_moves_visit" ON "matching"."plan_moves" USING btree ("visit_id","id");--> statement-breakpoint
CREATE INDEX "plan_sessions_day" ON "matching"."plan_sessions" USING btree ("plan_id","provider_id","day");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_visits_once" ON "matching"."plan_visits" USING btree ("plan_id","person_id","topic","crop") WHERE state <> 'dropped';--> statement-breakpoint
CREATE INDEX "plan_visits_person" ON "matching"."plan_visits" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "plan_visits_session" ON "matching"."plan_visits" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "plan_visits_request" ON "matching"."plan_visits" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "plan_visits_provider" ON "matching"."plan_visits" USING btree ("provider_id","plan_id");--> statement-breakpoint
CREATE INDEX "plan_visits_due" ON "matching"."plan_visits" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "plans_month" ON "matching"."plans" USING btree ("month");--> statement-breakpoint
CREATE INDEX "plans_organization" ON "matching"."plans" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "plans_to_compute" ON "matching"."plans" USING btree ("compute_at") WHERE compute_at is not null;--> statement-breakpoint
CREATE INDEX "plans_to_close" ON "matching"."plans" USING btree ("closes_at") WHERE state in ('draft', 'approved');