CREATE TABLE "notifications"."erased_opt_outs" (
	"phone_hash" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."farewells" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"message_ids" uuid[] NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."held_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"person_id" uuid NOT NULL,
	"text" text,
	"notice" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"trace" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notifications"."conversations" ADD COLUMN "speaker_person_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications"."conversations" ADD COLUMN "speaker_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notifications"."prompts" ADD COLUMN "person_id" uuid;--> statement-breakpoint
CREATE INDEX "held_messages_person" ON "notifications"."held_messages" USING btree ("phone","person_id");--> statement-breakpoint
CREATE INDEX "held_messages_expiring" ON "notifications"."held_messages" USING btree ("expires_at");