CREATE TABLE "profiles"."phone_words" (
	"phone" text NOT NULL,
	"person_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "phone_words_phone_person_id_pk" PRIMARY KEY("phone","person_id")
);
--> statement-breakpoint
CREATE TABLE "profiles"."word_tries" (
	"phone" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "profiles"."phone_words" ADD CONSTRAINT "phone_words_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "word_tries_phone" ON "profiles"."word_tries" USING btree ("phone","at");--> statement-breakpoint
ALTER TABLE "profiles"."memberships" DROP COLUMN "since_year";