CREATE TABLE "profiles"."certificates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"certificate" text NOT NULL,
	"crop" text,
	"issuer" text NOT NULL,
	"number" text NOT NULL,
	"expires_on" date NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "certificates_once" UNIQUE("person_id","certificate","issuer","number")
);
--> statement-breakpoint
CREATE TABLE "profiles"."plot_holders" (
	"plot_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "plot_holders_plot_id_person_id_pk" PRIMARY KEY("plot_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "profiles"."plots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text,
	"district_code" text,
	"area_amount" double precision NOT NULL,
	"area_unit" text NOT NULL,
	"square_metres" integer NOT NULL,
	"tenure" text NOT NULL,
	"document" text NOT NULL,
	"geometry" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "profiles"."seasons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid,
	"plot_id" uuid,
	"crop" text NOT NULL,
	"year" smallint NOT NULL,
	"area_amount" double precision,
	"area_unit" text,
	"square_metres" integer,
	"amount" double precision,
	"unit" text,
	"state" text,
	"organic" boolean,
	"variety" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "seasons_once" UNIQUE NULLS NOT DISTINCT("person_id","plot_id","crop","year","variety"),
	CONSTRAINT "seasons_of_one" CHECK (num_nonnulls(person_id, plot_id) = 1)
);
--> statement-breakpoint
ALTER TABLE "profiles"."producer_crops" ALTER COLUMN "size" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles"."certificates" ADD CONSTRAINT "certificates_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."plot_holders" ADD CONSTRAINT "plot_holders_plot_id_plots_id_fk" FOREIGN KEY ("plot_id") REFERENCES "profiles"."plots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."plot_holders" ADD CONSTRAINT "plot_holders_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."seasons" ADD CONSTRAINT "seasons_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "profiles"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."seasons" ADD CONSTRAINT "seasons_plot_id_plots_id_fk" FOREIGN KEY ("plot_id") REFERENCES "profiles"."plots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "plot_holders_person" ON "profiles"."plot_holders" USING btree ("person_id","plot_id");--> statement-breakpoint
CREATE INDEX "seasons_plot" ON "profiles"."seasons" USING btree ("plot_id");