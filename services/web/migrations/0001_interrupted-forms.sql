CREATE TABLE "web"."interrupted" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "interrupted_expires" ON "web"."interrupted" USING btree ("expires_at");