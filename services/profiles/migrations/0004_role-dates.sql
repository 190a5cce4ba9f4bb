CREATE TABLE "profiles"."former_roles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"membership_id" uuid NOT NULL,
	"role" text NOT NULL,
	"since" date NOT NULL,
	"until" date NOT NULL
);
--> statement-breakpoint
ALTER TABLE "profiles"."memberships" ADD COLUMN "role_since" date;--> statement-breakpoint
ALTER TABLE "profiles"."former_roles" ADD CONSTRAINT "former_roles_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "profiles"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_roles_membership" ON "profiles"."former_roles" USING btree ("membership_id");--> statement-breakpoint
UPDATE "profiles"."memberships" SET "role_since" = "since" WHERE "state" = 'active';
