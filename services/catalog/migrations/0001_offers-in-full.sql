CREATE TABLE "catalog"."offer_versions" (
	"offer_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"terms" jsonb NOT NULL,
	"coverage" text[] NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "offer_versions_offer_id_version_pk" PRIMARY KEY("offer_id","version")
);
--> statement-breakpoint
ALTER TABLE "catalog"."offers" ALTER COLUMN "published_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."offers" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "catalog"."offers" ADD COLUMN "price_unit" text;--> statement-breakpoint
ALTER TABLE "catalog"."offers" ADD COLUMN "audience" text DEFAULT 'everyone' NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."offers" ADD COLUMN "organic_approved" boolean;--> statement-breakpoint
ALTER TABLE "catalog"."offers" ADD COLUMN "certificates" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog"."offers" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "catalog"."offer_versions" ADD CONSTRAINT "offer_versions_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "catalog"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "offers_to_expire" ON "catalog"."offers" USING btree ("expires_at") WHERE state in ('published', 'paused') and expires_at is not null;--> statement-breakpoint
-- Offers from before in the shapes of now. One product (of a buyer: one crop) to an offer: the first keeps the id.
WITH parts AS (
  SELECT o."id" AS offer_id, part.word, row_number() OVER (PARTITION BY o."id" ORDER BY part.place) AS place
  FROM "catalog"."offers" o
  CROSS JOIN LATERAL jsonb_array_elements_text(
    CASE WHEN o."kind" = 'purchase' THEN o."terms"->'crops' ELSE o."terms"->'products' END
  ) WITH ORDINALITY AS part (word, place)
  WHERE CASE o."kind"
    WHEN 'input' THEN part.word IN ('urea', 'dap', 'potassium_chloride', 'npk', 'guano', 'compost', 'biofertilizer', 'foliar', 'lime', 'fungicide', 'insecticide', 'herbicide', 'copper', 'seedling', 'seed', 'fertilizer')
    WHEN 'equipment' THEN part.word IN ('sprayer', 'pruning_shears', 'saw', 'chainsaw', 'brush_cutter', 'dryer', 'pulper', 'fermentation_box', 'scale', 'irrigation_kit', 'moisture_meter', 'mill', 'transport')
    WHEN 'service' THEN part.word IN ('laboratory', 'cupping', 'drying', 'inspection', 'internet')
    WHEN 'purchase' THEN true
    ELSE false END
), further AS (
  INSERT INTO "catalog"."offers" ("id", "provider_id", "version", "kind", "terms", "state", "coverage", "crops", "subjects", "price_centimos", "monthly_capacity", "confirmed_on", "published_at")
  SELECT uuidv7(), o."provider_id", 1, o."kind", o."terms" || jsonb_build_object('part', parts.word), o."state", o."coverage", o."crops", o."subjects", o."price_centimos", o."monthly_capacity", o."confirmed_on", o."published_at"
  FROM "catalog"."offers" o JOIN parts ON parts.offer_id = o."id" WHERE parts.place > 1
)
UPDATE "catalog"."offers" o SET "terms" = o."terms" || jsonb_build_object('part', parts.word)
FROM parts WHERE parts.offer_id = o."id" AND parts.place = 1;
--> statement-breakpoint
UPDATE "catalog"."offers" SET "terms" = "terms" || '{"specialistTopics": []}' WHERE "kind" = 'assistance';
--> statement-breakpoint
-- What was not asked for then is not made up now: an offer that lacks it becomes a draft that says what to fill in.
UPDATE "catalog"."offers" o SET
  "state" = CASE WHEN o."terms"->>'part' IS NULL OR o."price_centimos" IS NULL THEN 'draft' ELSE o."state" END,
  "terms" = jsonb_build_object(
    'kind', o."kind",
    'title', o."terms"->>'title',
    'product', coalesce(o."terms"->>'part', CASE o."kind" WHEN 'input' THEN 'fertilizer' ELSE 'sprayer' END),
    'crops', o."terms"->'crops',
    'tiers', jsonb_build_array(jsonb_build_object('minimumPacks', 1, 'priceCentimos', coalesce(o."price_centimos", 0))),
    'delivery', '{"districtCodes": [], "days": 0}'::jsonb
  )
  || CASE WHEN o."terms"->>'part' IS NULL OR o."price_centimos" IS NULL
    THEN jsonb_build_object('note', 'Antes de publicar: complete el producto y el precio.') ELSE '{}' END
  || CASE WHEN o."kind" = 'input' THEN jsonb_build_object('organicApproved', false, 'pack', CASE
      WHEN o."terms"->>'priceUnit' ~ '[0-9]+ *kg' THEN jsonb_build_object('amount', greatest(1, substring(o."terms"->>'priceUnit' FROM '([0-9]+) *kg')::int), 'unit', 'kg')
      WHEN o."terms"->>'priceUnit' ILIKE '%saco%' THEN '{"amount": 50, "unit": "kg"}'::jsonb
      WHEN o."terms"->>'priceUnit' IN ('kg', 'kilo') THEN '{"amount": 1, "unit": "kg"}'::jsonb
      WHEN o."terms"->>'priceUnit' ILIKE '%litro%' THEN '{"amount": 1, "unit": "liter"}'::jsonb
      ELSE '{"amount": 1, "unit": "unit"}'::jsonb END)
    WHEN o."terms"->>'priceUnit' IN ('hora', 'día', 'semana', 'campaña') THEN jsonb_build_object('mode', 'rent', 'rentPer',
      CASE o."terms"->>'priceUnit' WHEN 'hora' THEN 'hour' WHEN 'día' THEN 'day' WHEN 'semana' THEN 'week' ELSE 'season' END)
    ELSE '{"mode": "sale"}' END
WHERE o."kind" IN ('input', 'equipment');
--> statement-breakpoint
UPDATE "catalog"."offers" o SET
  "state" = CASE WHEN o."terms"->>'part' IS NULL THEN 'draft' ELSE o."state" END,
  "terms" = jsonb_build_object(
    'kind', o."kind",
    'title', o."terms"->>'title',
    'service', coalesce(o."terms"->>'part', 'inspection'),
    'crops', o."terms"->'crops',
    'priceCentimos', o."price_centimos",
    'unit', CASE o."terms"->>'priceUnit' WHEN 'muestra' THEN 'sample' WHEN 'kg' THEN 'kg' WHEN 'kilo' THEN 'kg'
      WHEN 'quintal' THEN 'quintal' WHEN 'tonelada' THEN 'tonne' WHEN 'hora' THEN 'hour' WHEN 'día' THEN 'day'
      WHEN 'mes' THEN 'month' WHEN 'parcela' THEN 'plot' ELSE 'visit' END)
  || CASE WHEN o."terms"->>'part' IS NULL
    THEN jsonb_build_object('note', 'Antes de publicar: elija el servicio.') ELSE '{}' END
WHERE o."kind" = 'service';
--> statement-breakpoint
UPDATE "catalog"."offers" o SET
  "state" = CASE WHEN o."terms"->>'part' IS NULL THEN 'draft' ELSE o."state" END,
  "terms" = jsonb_build_object(
    'kind', o."kind",
    'title', o."terms"->>'title',
    'crop', coalesce(o."terms"->>'part', 'cacao'),
    'state', CASE
      WHEN o."terms"->>'part' = 'coffee' AND o."terms"->'products' ?| ARRAY['parchment', 'green', 'dry', 'wet']
        THEN (SELECT word FROM jsonb_array_elements_text(o."terms"->'products') AS word WHERE word IN ('parchment', 'green', 'dry', 'wet') LIMIT 1)
      WHEN o."terms"->>'part' = 'coffee' THEN 'parchment'
      WHEN o."terms"->'products' ? 'wet' THEN 'wet'
      ELSE 'dry' END,
    'minimumKg', 0,
    'price', CASE WHEN o."price_centimos" IS NOT NULL AND o."terms"->>'priceUnit' IN ('kg', 'kilo')
      THEN jsonb_build_object('mode', 'fixed', 'centimosPerKg', o."price_centimos") END,
    'quality', '{}'::jsonb,
    'certificates', '[]'::jsonb,
    'delivery', jsonb_build_object('districtCode', p."district_code"))
  || CASE WHEN o."terms"->>'part' IS NULL
    THEN jsonb_build_object('note', 'Antes de publicar: diga qué cosecha compra.') ELSE '{}' END
FROM "catalog"."providers" p WHERE p."id" = o."provider_id" AND o."kind" = 'purchase';
--> statement-breakpoint
UPDATE "catalog"."offers" o SET
  "state" = 'draft',
  "terms" = jsonb_build_object(
    'kind', o."kind",
    'title', o."terms"->>'title',
    'crops', o."terms"->'crops',
    'purposes', coalesce(
      (SELECT jsonb_agg(word) FROM jsonb_array_elements_text(o."terms"->'products') AS word
        WHERE word IN ('labour', 'fertilizer', 'pesticide', 'tools', 'seed', 'seedlings', 'equipment', 'harvest', 'other')),
      '["labour", "fertilizer", "pesticide", "tools", "seed", "seedlings", "equipment", "harvest", "other"]'::jsonb),
    'minimumCentimos', 10000, 'maximumCentimos', 10000, 'annualRatePercent', 0, 'minimumMonths', 1, 'maximumMonths', 1,
    'graceMonths', 0, 'graceInterest', 'paid', 'schedule', 'monthly', 'openingFeeCentimos', 0,
    'insuranceMonthlyPercent', 0, 'instalmentFeeCentimos', 0, 'requirements', '[]'::jsonb, 'audience', 'everyone',
    'note', 'Antes de publicar: complete montos, plazos, tasa y requisitos.')
WHERE o."kind" = 'credit';
--> statement-breakpoint
UPDATE "catalog"."offers" o SET
  "state" = 'draft',
  "terms" = jsonb_build_object(
    'kind', o."kind",
    'title', o."terms"->>'title',
    'topics', coalesce(
      (SELECT jsonb_agg(word) FROM jsonb_array_elements_text(o."terms"->'products') AS word
        WHERE word IN ('pruning', 'nutrition', 'pest_management', 'planting', 'irrigation', 'harvest', 'post_harvest', 'certification', 'environment', 'marketing', 'financial_education', 'organization')),
      '["organization"]'::jsonb),
    'crops', o."terms"->'crops',
    'modality', 'course', 'startsOn', o."confirmed_on", 'endsOn', o."confirmed_on", 'seats', 1,
    'place', jsonb_build_object('districtCode', p."district_code", 'name', 'Por confirmar'),
    'priceCentimos', coalesce(o."price_centimos", 0), 'audience', 'everyone',
    'note', 'Antes de publicar: complete temas, fechas, cupos y lugar.')
FROM "catalog"."providers" p WHERE p."id" = o."provider_id" AND o."kind" = 'training';
--> statement-breakpoint
-- What lists and searches read of the terms, as `offerSummary` and `subjectsOf` read it.
UPDATE "catalog"."offers" o SET
  "title" = o."terms"->>'title',
  "crops" = CASE WHEN o."kind" = 'purchase' THEN ARRAY[o."terms"->>'crop']
    ELSE ARRAY(SELECT DISTINCT jsonb_array_elements_text(o."terms"->'crops')) END,
  "subjects" = CASE
    WHEN o."kind" IN ('assistance', 'training') THEN ARRAY(SELECT jsonb_array_elements_text(o."terms"->'topics'))
    WHEN o."kind" = 'credit' THEN ARRAY(SELECT jsonb_array_elements_text(o."terms"->'purposes'))
    WHEN o."kind" = 'service' THEN ARRAY[o."terms"->>'service']
    WHEN o."kind" = 'equipment' THEN ARRAY[o."terms"->>'product']
    WHEN o."terms"->>'product' IN ('urea', 'dap', 'potassium_chloride', 'npk', 'guano', 'compost', 'biofertilizer', 'foliar')
      THEN ARRAY[o."terms"->>'product', 'fertilizer']
    WHEN o."kind" = 'input' THEN ARRAY[o."terms"->>'product']
    ELSE '{}' END,
  "price_centimos" = CASE
    WHEN o."kind" = 'assistance' THEN (o."terms"->>'pricePerVisitCentimos')::int
    WHEN o."kind" = 'credit' THEN NULL
    WHEN o."kind" = 'purchase' THEN (o."terms"->'price'->>'centimosPerKg')::int
    ELSE o."price_centimos" END,
  "price_unit" = CASE o."kind"
    WHEN 'assistance' THEN 'visita'
    WHEN 'training' THEN 'persona'
    WHEN 'purchase' THEN 'kg'
    WHEN 'input' THEN CASE o."terms"->'pack'->>'unit'
      WHEN 'kg' THEN CASE WHEN (o."terms"->'pack'->>'amount')::int = 1 THEN 'kg'
        ELSE CASE WHEN (o."terms"->'pack'->>'amount')::int >= 20 THEN 'saco' ELSE 'bolsa' END || ' de ' || (o."terms"->'pack'->>'amount') || ' kg' END
      WHEN 'liter' THEN 'litro'
      ELSE CASE WHEN o."terms"->>'product' = 'seedling' THEN 'plantón' ELSE 'unidad' END END
    WHEN 'equipment' THEN CASE o."terms"->>'rentPer'
      WHEN 'hour' THEN 'hora' WHEN 'day' THEN 'día' WHEN 'week' THEN 'semana' WHEN 'season' THEN 'campaña' ELSE 'unidad' END
    WHEN 'service' THEN CASE o."terms"->>'unit'
      WHEN 'sample' THEN 'muestra' WHEN 'tonne' THEN 'tonelada' WHEN 'hour' THEN 'hora' WHEN 'day' THEN 'día'
      WHEN 'month' THEN 'mes' WHEN 'visit' THEN 'visita' WHEN 'plot' THEN 'parcela' ELSE o."terms"->>'unit' END
    END,
  "organic_approved" = (o."terms"->>'organicApproved')::boolean,
  "published_at" = CASE WHEN o."state" = 'draft' THEN NULL ELSE o."published_at" END;
--> statement-breakpoint
INSERT INTO "catalog"."offer_versions" ("offer_id", "version", "terms", "coverage", "since", "by")
SELECT "id", "version", "terms", "coverage", coalesce("published_at", "confirmed_on"::timestamptz), 'service:catalog' FROM "catalog"."offers";
