CREATE TABLE "notifications"."attention_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"phone" text NOT NULL,
	"text" text,
	"message_id" uuid,
	"subject" text,
	"at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" text,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "notifications"."audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."channel_pauses" (
	"gateway" text PRIMARY KEY NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"code" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."conversations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"lease_owner" text,
	"lease_until" timestamp with time zone,
	"version" integer NOT NULL,
	"unanswered_since" timestamp with time zone,
	"puzzled" integer NOT NULL,
	"puzzled_at" timestamp with time zone,
	"trace" text NOT NULL,
	CONSTRAINT "conversations_phone_unique" UNIQUE("phone")
);
--> statement-breakpoint
CREATE TABLE "notifications"."idempotency_keys" (
	"scope" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."inbound_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"gateway" text NOT NULL,
	"external_id" text NOT NULL,
	"phone" text NOT NULL,
	"body" text,
	"safety" boolean NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"handled_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"trace" text NOT NULL,
	CONSTRAINT "inbound_messages_once" UNIQUE("gateway","external_id")
);
--> statement-breakpoint
CREATE TABLE "notifications"."opt_outs" (
	"phone" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."outbound_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"phone" text NOT NULL,
	"body" text,
	"segments" integer NOT NULL,
	"state" text NOT NULL,
	"reply" boolean NOT NULL,
	"ephemeral" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"sending_since" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"gateway" text,
	"external_id" text,
	"last_error" text,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."prompts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"kind" text NOT NULL,
	"subject" jsonb NOT NULL,
	"about" text NOT NULL,
	"state" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."simulator_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "attention_items_open" ON "notifications"."attention_items" USING btree ("at","id") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "attention_items_message" ON "notifications"."attention_items" USING btree ("message_id") WHERE message_id is not null;--> statement-breakpoint
CREATE INDEX "attention_items_subject" ON "notifications"."attention_items" USING btree ("subject") WHERE subject is not null and resolved_at is null;--> statement-breakpoint
CREATE INDEX "conversations_unanswered" ON "notifications"."conversations" USING btree ("unanswered_since") WHERE unanswered_since is not null;--> statement-breakpoint
CREATE INDEX "inbound_messages_unhandled" ON "notifications"."inbound_messages" USING btree ("phone","sequence") WHERE handled_at is null;--> statement-breakpoint
CREATE INDEX "inbound_messages_phone" ON "notifications"."inbound_messages" USING btree ("phone","sequence");--> statement-breakpoint
CREATE INDEX "outbound_messages_due" ON "notifications"."outbound_messages" USING btree ("due_at") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "outbound_messages_unsettled" ON "notifications"."outbound_messages" USING btree ("sending_since") WHERE state in ('sending', 'unknown');--> statement-breakpoint
CREATE INDEX "outbound_messages_phone" ON "notifications"."outbound_messages" USING btree ("phone","sequence");--> statement-breakpoint
CREATE INDEX "outbound_messages_waiting" ON "notifications"."outbound_messages" USING btree ("phone","sequence") WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE UNIQUE INDEX "outbound_messages_external" ON "notifications"."outbound_messages" USING btree ("gateway","external_id") WHERE external_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_one_open" ON "notifications"."prompts" USING btree ("phone") WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_about" ON "notifications"."prompts" USING btree ("phone","about") WHERE state in ('open', 'waiting');--> statement-breakpoint
CREATE INDEX "prompts_lapsed" ON "notifications"."prompts" USING btree ("phone","kind","expires_at");--> statement-breakpoint
CREATE INDEX "prompts_expiring" ON "notifications"."prompts" USING btree ("expires_at") WHERE state in ('open', 'waiting');--> statement-breakpoint
CREATE INDEX "simulator_messages_phone" ON "notifications"."simulator_messages" USING btree ("phone","at");--> statement-breakpoint
CREATE INDEX "simulator_messages_expiring" ON "notifications"."simulator_messages" USING btree ("expires_at") WHERE expires_at is not null;