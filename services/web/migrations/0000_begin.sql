CREATE TABLE "web"."sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key_hash" text NOT NULL,
	"previous_key_hash" text,
	"sealed" text NOT NULL,
	"rotated_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sessions_key_hash_unique" UNIQUE("key_hash"),
	CONSTRAINT "sessions_previous_key_hash_unique" UNIQUE("previous_key_hash")
);
--> statement-breakpoint
CREATE INDEX "sessions_expires" ON "web"."sessions" USING btree ("expires_at");