CREATE TABLE "catalog"."stock_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider_id" uuid NOT NULL,
	"offer_id" uuid,
	"name" text NOT NULL,
	"packs" integer NOT NULL,
	"value_centimos" bigint NOT NULL,
	"last_on" date,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_items_not_short" CHECK (packs >= 0 and value_centimos >= 0)
);
--> statement-breakpoint
CREATE TABLE "catalog"."stock_movements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"item_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"packs" integer NOT NULL,
	"price_centimos" integer,
	"cost_centimos" bigint NOT NULL,
	"day" date NOT NULL,
	"reason" text,
	"packs_after" integer NOT NULL,
	"written_by" uuid,
	"written_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_movements_some" CHECK (packs > 0)
);
--> statement-breakpoint
ALTER TABLE "catalog"."stock_items" ADD CONSTRAINT "stock_items_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog"."stock_items" ADD CONSTRAINT "stock_items_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "catalog"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog"."stock_movements" ADD CONSTRAINT "stock_movements_item_id_stock_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "catalog"."stock_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "stock_items_offer" ON "catalog"."stock_items" USING btree ("provider_id","offer_id") WHERE offer_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "stock_items_name" ON "catalog"."stock_items" USING btree ("provider_id",lower(name)) WHERE offer_id is null;--> statement-breakpoint
CREATE INDEX "stock_items_provider" ON "catalog"."stock_items" USING btree ("provider_id","id");--> statement-breakpoint
CREATE INDEX "stock_movements_item" ON "catalog"."stock_movements" USING btree ("item_id","id");--> statement-breakpoint
CREATE INDEX "stock_movements_day" ON "catalog"."stock_movements" USING btree ("item_id","day");--> statement-breakpoint
CREATE INDEX "stock_movements_writer" ON "catalog"."stock_movements" USING btree ("written_by");