CREATE TABLE "notifications"."bulletin_recipients" (
	"bulletin_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"phone" text NOT NULL,
	"message_id" uuid NOT NULL,
	CONSTRAINT "bulletin_recipients_bulletin_id_person_id_pk" PRIMARY KEY("bulletin_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "notifications"."bulletins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"message" text NOT NULL,
	"segments" integer NOT NULL,
	"audience" jsonb NOT NULL,
	"organization_id" uuid,
	"state" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"approved_by" uuid,
	"send_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"people" integer,
	"reached_id" uuid,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."messages_left_to_operator" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."operator_messages" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"operator_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."conversation_takeovers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"operator_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"first_wrote_at" timestamp with time zone,
	"prompt_id" uuid,
	"ended_at" timestamp with time zone,
	"ending" text,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."misunderstood_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"message_id" uuid,
	"phone" text,
	"at" timestamp with time zone NOT NULL,
	"context" text NOT NULL,
	"state" text NOT NULL,
	"intent" text,
	"slots" jsonb,
	CONSTRAINT "misunderstood_messages_once" UNIQUE("message_id")
);
--> statement-breakpoint
ALTER TABLE "notifications"."bulletin_recipients" ADD CONSTRAINT "bulletin_recipients_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "notifications"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bulletin_recipients_phone" ON "notifications"."bulletin_recipients" USING btree ("bulletin_id","phone");--> statement-breakpoint
CREATE INDEX "bulletin_recipients_person" ON "notifications"."bulletin_recipients" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "bulletin_recipients_number" ON "notifications"."bulletin_recipients" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "bulletins_due" ON "notifications"."bulletins" USING btree ("due_at") WHERE state = 'approved';--> statement-breakpoint
CREATE INDEX "bulletins_organization" ON "notifications"."bulletins" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "messages_left_to_operator_phone" ON "notifications"."messages_left_to_operator" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "operator_messages_phone" ON "notifications"."operator_messages" USING btree ("phone");--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_takeovers_one" ON "notifications"."conversation_takeovers" USING btree ("phone") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "conversation_takeovers_expiring" ON "notifications"."conversation_takeovers" USING btree ("expires_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "conversation_takeovers_phone" ON "notifications"."conversation_takeovers" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "misunderstood_messages_state" ON "notifications"."misunderstood_messages" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "misunderstood_messages_phone" ON "notifications"."misunderstood_messages" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "misunderstood_messages_ageing" ON "notifications"."misunderstood_messages" USING btree ("at") WHERE message_id is not null;--> statement-breakpoint
CREATE INDEX "attention_items_phone" ON "notifications"."attention_items" USING btree ("phone") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "conversations_wrote" ON "notifications"."conversations" USING btree ("wrote_at","id") WHERE wrote_at is not null;--> statement-breakpoint
UPDATE "notifications"."conversations" c SET "wrote_at" = (SELECT max(m."received_at") FROM "notifications"."inbound_messages" m WHERE m."phone" = c."phone") WHERE c."wrote_at" IS NULL;
