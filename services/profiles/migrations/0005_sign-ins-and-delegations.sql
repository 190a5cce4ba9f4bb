CREATE TABLE "profiles"."delegations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"principal_id" uuid,
	"asked_phone" text,
	"delegate_person_id" uuid,
	"organization_id" uuid,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"agreed_at" timestamp with time zone,
	"channel" text,
	"witness" text,
	"refused_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"trace" text NOT NULL,
	CONSTRAINT "delegations_one_side" CHECK (num_nonnulls(delegate_person_id, organization_id) = 1),
	CONSTRAINT "delegations_agreed_by_somebody" CHECK (agreed_at is null or (principal_id is not null and channel is not null)),
	CONSTRAINT "delegations_spoken_heard" CHECK (channel is distinct from 'spoken' or witness is not null)
);
--> statement-breakpoint
CREATE TABLE "profiles"."address_tries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "profiles"."refresh_tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"sign_in_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"spent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "profiles"."sign_ins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_because" text
);
--> statement-breakpoint
ALTER TABLE "profiles"."operators" ADD COLUMN "appointed_by" uuid;--> statement-breakpoint
ALTER TABLE "profiles"."operators" ADD COLUMN "dismissed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "profiles"."delegations" ADD CONSTRAINT "delegations_principal_id_people_id_fk" FOREIGN KEY ("principal_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."delegations" ADD CONSTRAINT "delegations_delegate_person_id_people_id_fk" FOREIGN KEY ("delegate_person_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."delegations" ADD CONSTRAINT "delegations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "profiles"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."delegations" ADD CONSTRAINT "delegations_asked_by_people_id_fk" FOREIGN KEY ("asked_by") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."refresh_tokens" ADD CONSTRAINT "refresh_tokens_sign_in_id_sign_ins_id_fk" FOREIGN KEY ("sign_in_id") REFERENCES "profiles"."sign_ins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."sign_ins" ADD CONSTRAINT "sign_ins_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "profiles"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delegations_principal" ON "profiles"."delegations" USING btree ("principal_id","id");--> statement-breakpoint
CREATE INDEX "delegations_delegate" ON "profiles"."delegations" USING btree ("delegate_person_id","id");--> statement-breakpoint
CREATE INDEX "delegations_organization" ON "profiles"."delegations" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "delegations_asker" ON "profiles"."delegations" USING btree ("asked_by","asked_at");--> statement-breakpoint
CREATE INDEX "delegations_phone" ON "profiles"."delegations" USING btree ("asked_phone") WHERE asked_phone is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "delegations_one_delegate" ON "profiles"."delegations" USING btree ("principal_id","delegate_person_id") WHERE agreed_at is not null and withdrawn_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "delegations_one_organization" ON "profiles"."delegations" USING btree ("principal_id","organization_id") WHERE agreed_at is not null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "address_tries_address" ON "profiles"."address_tries" USING btree ("address","kind","at");--> statement-breakpoint
CREATE INDEX "address_tries_age" ON "profiles"."address_tries" USING btree ("at");--> statement-breakpoint
CREATE INDEX "refresh_tokens_sign_in" ON "profiles"."refresh_tokens" USING btree ("sign_in_id");--> statement-breakpoint
CREATE INDEX "sign_ins_person" ON "profiles"."sign_ins" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sign_ins_end" ON "profiles"."sign_ins" USING btree ("ends_at");