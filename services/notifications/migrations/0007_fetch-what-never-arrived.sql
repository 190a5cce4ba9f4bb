CREATE TABLE "notifications"."erased_messages" (
	"gateway" text NOT NULL,
	"external_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "erased_messages_gateway_external_id_pk" PRIMARY KEY("gateway","external_id")
);
--> statement-breakpoint
CREATE TABLE "notifications"."gateway_looks" (
	"gateway" text PRIMARY KEY NOT NULL,
	"looked_until" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL
);
