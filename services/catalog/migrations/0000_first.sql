CREATE TABLE "catalog"."audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."idempotency_keys" (
	"scope" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."offers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"terms" jsonb NOT NULL,
	"state" text NOT NULL,
	"coverage" text[] NOT NULL,
	"crops" text[] NOT NULL,
	"subjects" text[] NOT NULL,
	"price_centimos" integer,
	"monthly_capacity" integer,
	"confirmed_on" date NOT NULL,
	"published_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."postings" (
	"area" text NOT NULL,
	"kind" text NOT NULL,
	"crop" text NOT NULL,
	"distance_km" real,
	"confirmed_on" date NOT NULL,
	"offer_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"stretched" boolean NOT NULL,
	"subject_bits" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."providers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"person_id" uuid NOT NULL,
	"district_code" text NOT NULL,
	"document_type" text,
	"document_number" text,
	"state" text NOT NULL,
	"verified_at" timestamp with time zone,
	"verified_by" text,
	"evidence" text,
	"confirmed_on" date NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."supply" (
	"kind" text NOT NULL,
	"crop" text NOT NULL,
	"subject" text NOT NULL,
	"offers" integer NOT NULL,
	CONSTRAINT "supply_kind_crop_subject_pk" PRIMARY KEY("kind","crop","subject")
);
--> statement-breakpoint
ALTER TABLE "catalog"."offers" ADD CONSTRAINT "offers_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog"."postings" ADD CONSTRAINT "postings_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "catalog"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "offers_provider" ON "catalog"."offers" USING btree ("provider_id");--> statement-breakpoint
CREATE INDEX "offers_by_confirmation" ON "catalog"."offers" USING btree ("confirmed_on" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "postings_nearest" ON "catalog"."postings" USING btree ("area","kind","crop","distance_km","confirmed_on" DESC NULLS FIRST,"offer_id","person_id","stretched","subject_bits");--> statement-breakpoint
CREATE INDEX "postings_offer" ON "catalog"."postings" USING btree ("offer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "providers_person" ON "catalog"."providers" USING btree ("person_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "providers_document" ON "catalog"."providers" USING btree ("kind","document_type","document_number") WHERE document_number is not null;