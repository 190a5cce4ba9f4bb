CREATE TABLE "catalog"."postings" (
	"range" integer NOT NULL,
	"place" integer NOT NULL,
	"number" integer NOT NULL,
	"bits" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."asked_people" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"last_asked_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."freshness" (
	"offer_id" uuid PRIMARY KEY NOT NULL,
	"stage" text NOT NULL,
	"confirmed_on" date NOT NULL,
	"ask_from" timestamp with time zone,
	"asked" integer NOT NULL,
	"asked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "catalog"."listings" (
	"number" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "catalog"."listings_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"offer_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"offer_version" integer NOT NULL,
	"kind" text NOT NULL,
	"crops" text[] NOT NULL,
	"subjects" text[] NOT NULL,
	"price_centimos" integer,
	"price_unit" text,
	"monthly_capacity" integer,
	"least_amount" double precision,
	"most_amount" double precision,
	"base_latitude" double precision,
	"base_longitude" double precision,
	"confirmed_on" date NOT NULL,
	"fresh_place" integer NOT NULL,
	"price_place" integer NOT NULL,
	"document" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."provider_listings" (
	"number" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "catalog"."provider_listings_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"provider_id" uuid NOT NULL,
	"sort_name" text collate "C" NOT NULL,
	"base_latitude" double precision,
	"base_longitude" double precision,
	"fresh_place" integer NOT NULL,
	"document" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."search_terms" (
	"term" text collate "C" PRIMARY KEY NOT NULL,
	"offers" integer NOT NULL,
	"providers" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."spellings" (
	"key" integer NOT NULL,
	"word" text collate "C" NOT NULL,
	CONSTRAINT "spellings_key_word_pk" PRIMARY KEY("key","word")
);
--> statement-breakpoint
ALTER TABLE "catalog"."freshness" ADD CONSTRAINT "freshness_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "catalog"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD CONSTRAINT "listings_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "catalog"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog"."listings" ADD CONSTRAINT "listings_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog"."provider_listings" ADD CONSTRAINT "provider_listings_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "postings_in_order" ON "catalog"."postings" USING btree ("range","place","number","bits");--> statement-breakpoint
CREATE INDEX "postings_number" ON "catalog"."postings" USING btree ("number");--> statement-breakpoint
CREATE INDEX "freshness_aging" ON "catalog"."freshness" USING btree ("stage","confirmed_on");--> statement-breakpoint
CREATE INDEX "freshness_asks" ON "catalog"."freshness" USING btree ("ask_from");--> statement-breakpoint
CREATE UNIQUE INDEX "listings_offer" ON "catalog"."listings" USING btree ("offer_id");--> statement-breakpoint
CREATE INDEX "listings_provider" ON "catalog"."listings" USING btree ("provider_id");--> statement-breakpoint
CREATE INDEX "listings_person" ON "catalog"."listings" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "listings_by_freshness" ON "catalog"."listings" USING btree ("fresh_place","number");--> statement-breakpoint
CREATE INDEX "listings_by_price" ON "catalog"."listings" USING btree ("price_place","number");--> statement-breakpoint
CREATE INDEX "listings_of_kind_by_freshness" ON "catalog"."listings" USING btree ("kind","fresh_place","number");--> statement-breakpoint
CREATE INDEX "listings_of_kind_by_price" ON "catalog"."listings" USING btree ("kind","price_place","number");--> statement-breakpoint
CREATE INDEX "listings_document" ON "catalog"."listings" USING gin ("document") WITH (fastupdate=false);--> statement-breakpoint
CREATE UNIQUE INDEX "provider_listings_provider" ON "catalog"."provider_listings" USING btree ("provider_id");--> statement-breakpoint
CREATE INDEX "provider_listings_by_freshness" ON "catalog"."provider_listings" USING btree ("fresh_place","number");--> statement-breakpoint
CREATE INDEX "provider_listings_by_name" ON "catalog"."provider_listings" USING btree ("sort_name","number");--> statement-breakpoint
CREATE INDEX "provider_listings_document" ON "catalog"."provider_listings" USING gin ("document") WITH (fastupdate=false);--> statement-breakpoint
DELETE FROM "catalog"."supply";--> statement-breakpoint
-- Offers from before are listed by the timer that ages them, which finds them long overdue.
INSERT INTO "catalog"."freshness" ("offer_id", "stage", "confirmed_on", "ask_from", "asked", "asked_at")
SELECT "offers"."id", 'fresh', '1970-01-01', null, 0, null FROM "catalog"."offers"
JOIN "catalog"."providers" ON "providers"."id" = "offers"."provider_id"
WHERE "offers"."state" = 'published' AND "providers"."state" = 'verified';