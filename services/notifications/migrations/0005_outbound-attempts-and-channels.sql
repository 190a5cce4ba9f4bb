CREATE TABLE "notifications"."channels" (
	"gateway" text PRIMARY KEY NOT NULL,
	"paused_until" timestamp with time zone,
	"pause_code" text,
	"slowed_to" double precision,
	"slowed_at" timestamp with time zone,
	"free_at" timestamp with time zone,
	"passed_over" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"open_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "notifications"."outbound_attempts" (
	"message_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"gateway" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text,
	"retry" text,
	"external_id" text,
	"error" text,
	CONSTRAINT "outbound_attempts_message_id_number_pk" PRIMARY KEY("message_id","number")
);
--> statement-breakpoint
DROP INDEX "notifications"."outbound_messages_external";--> statement-breakpoint
ALTER TABLE "notifications"."outbound_messages" ADD COLUMN "bulk" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications"."outbound_messages" ADD COLUMN "fleeting" jsonb;--> statement-breakpoint
ALTER TABLE "notifications"."outbound_messages" ADD COLUMN "redact_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notifications"."outbound_attempts" ADD CONSTRAINT "outbound_attempts_message_id_outbound_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "notifications"."outbound_messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outbound_attempts_external" ON "notifications"."outbound_attempts" USING btree ("gateway","external_id") WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX "outbound_messages_lanes" ON "notifications"."outbound_messages" USING btree ("reply" DESC NULLS LAST,"bulk","due_at","sequence") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "outbound_messages_redact" ON "notifications"."outbound_messages" USING btree ("redact_at") WHERE redact_at is not null;--> statement-breakpoint
INSERT INTO "notifications"."outbound_attempts" ("message_id", "number", "gateway", "started_at", "finished_at", "outcome", "external_id", "error")
SELECT "id", "attempts", "gateway", coalesce("sending_since", "created_at"),
	CASE WHEN "state" <> 'sending' THEN coalesce("sent_at", "sending_since", "created_at") END,
	CASE "state"
		WHEN 'sending' THEN NULL
		WHEN 'sent' THEN 'accepted'
		WHEN 'delivered' THEN 'delivered'
		WHEN 'undelivered' THEN 'undelivered'
		WHEN 'unknown' THEN 'unknown'
		ELSE CASE WHEN "last_error" = 'unsettled' THEN 'unknown' ELSE 'failed' END
	END,
	"external_id", "last_error"
FROM "notifications"."outbound_messages" WHERE "attempts" > 0 AND "gateway" IS NOT NULL;
