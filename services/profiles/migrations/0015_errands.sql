CREATE TABLE "profiles"."errands" (
	"id" uuid PRIMARY KEY NOT NULL,
	"helper_id" uuid NOT NULL,
	"organization_id" uuid,
	"principal_id" uuid,
	"phone_hash" text NOT NULL,
	"phone_ending" text NOT NULL,
	"name" text,
	"district_code" text,
	"need" jsonb,
	"state" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"trace" text NOT NULL,
	CONSTRAINT "errands_settled" CHECK ((state = 'asked') = (settled_at is null))
);
--> statement-breakpoint
ALTER TABLE "profiles"."errands" ADD CONSTRAINT "errands_helper_id_people_id_fk" FOREIGN KEY ("helper_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."errands" ADD CONSTRAINT "errands_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "profiles"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."errands" ADD CONSTRAINT "errands_principal_id_people_id_fk" FOREIGN KEY ("principal_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "errands_helper" ON "profiles"."errands" USING btree ("helper_id","asked_at");--> statement-breakpoint
CREATE INDEX "errands_principal" ON "profiles"."errands" USING btree ("principal_id","asked_at");--> statement-breakpoint
CREATE INDEX "errands_due" ON "profiles"."errands" USING btree ("expires_at");