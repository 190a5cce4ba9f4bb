CREATE TABLE "profiles"."imports" (
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
CREATE TABLE "profiles"."invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"state" text NOT NULL,
	"due_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"since" date,
	"created_at" timestamp with time zone NOT NULL,
	"trace" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "profiles"."organizations" ADD COLUMN "close_reason" text;--> statement-breakpoint
ALTER TABLE "profiles"."invitations" ADD CONSTRAINT "invitations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."invitations" ADD CONSTRAINT "invitations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "profiles"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."invitations" ADD CONSTRAINT "invitations_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "profiles"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imports_owner" ON "profiles"."imports" USING btree ("owner_id","id");--> statement-breakpoint
CREATE INDEX "imports_due" ON "profiles"."imports" USING btree ("due_at") WHERE state in ('received', 'checking', 'loading');--> statement-breakpoint
CREATE INDEX "imports_forget" ON "profiles"."imports" USING btree ("forget_at") WHERE content is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_membership" ON "profiles"."invitations" USING btree ("membership_id");--> statement-breakpoint
CREATE INDEX "invitations_person" ON "profiles"."invitations" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "invitations_organization" ON "profiles"."invitations" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "invitations_due" ON "profiles"."invitations" USING btree ("due_at") WHERE state = 'waiting';