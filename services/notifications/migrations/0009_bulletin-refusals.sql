CREATE TABLE "notifications"."bulletin_refusals" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
