DROP INDEX "brokering"."payments_operation";--> statement-breakpoint
ALTER TABLE "brokering"."credits" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "brokering"."credit_repayments" ADD COLUMN "paid_on_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."credit_repayments" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."credit_repayments" ADD COLUMN "handed_over_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."endorsements" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "brokering"."endorsements" ADD COLUMN "next_step" text;--> statement-breakpoint
ALTER TABLE "brokering"."endorsements" ADD COLUMN "next_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."endorsements" ADD COLUMN "unanswered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."lot_contracts" ADD COLUMN "agreed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."lot_contracts" ADD COLUMN "signers" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "brokering"."lot_deliveries" ADD COLUMN "makers" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "brokering"."lots" ADD COLUMN "look_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."lots" ADD COLUMN "waits_for" text;--> statement-breakpoint
ALTER TABLE "brokering"."lots" ADD COLUMN "waits_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."lots" ADD COLUMN "wait_step" text;--> statement-breakpoint
ALTER TABLE "brokering"."lots" ADD COLUMN "wait_step_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."lot_advances" ADD COLUMN "taken_centimos" bigint;--> statement-breakpoint
ALTER TABLE "brokering"."payments" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."payments" ADD COLUMN "handed_over_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "credit_repayments_kept" ON "brokering"."credit_repayments" USING btree (coalesce(reminded_at, at)) WHERE source = 'settlement' and paid_on_at is null and handed_over_at is null;--> statement-breakpoint
CREATE INDEX "endorsements_due" ON "brokering"."endorsements" USING btree ("next_at") WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX "lots_look" ON "brokering"."lots" USING btree ("look_at") WHERE state in ('open', 'collecting', 'composed');--> statement-breakpoint
CREATE INDEX "lot_advances_person" ON "brokering"."lot_advances" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "payments_unanswered" ON "brokering"."payments" USING btree (coalesce(reminded_at, recorded_at)) WHERE state = 'recorded' and handed_over_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "payments_operation" ON "brokering"."payments" USING btree ("receiver_id","method",ltrim(operation_number, '0')) WHERE state in ('recorded', 'confirmed') and operation_number is not null;--> statement-breakpoint
ALTER TABLE "brokering"."lot_advances" ADD CONSTRAINT "lot_advances_taken" CHECK (taken_centimos >= 0);--> statement-breakpoint
ALTER TABLE "brokering"."pool_deliveries" ADD COLUMN "next_step" text;--> statement-breakpoint
ALTER TABLE "brokering"."pool_deliveries" ADD COLUMN "next_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."pool_receipts" ADD COLUMN "next_step" text;--> statement-breakpoint
ALTER TABLE "brokering"."pool_receipts" ADD COLUMN "next_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "brokering"."lots" ADD COLUMN "free_since" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "pool_deliveries_due" ON "brokering"."pool_deliveries" USING btree ("next_at") WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX "pool_receipts_unclear" ON "brokering"."pool_receipts" USING btree ("next_at") WHERE next_at is not null;--> statement-breakpoint
UPDATE "brokering"."pool_deliveries" d
   SET "next_step" = 'ask-organizer',
       "next_at" = coalesce(("d"."day" + 1 + time '08:00') AT TIME ZONE 'America/Lima', p."ordered_at" + interval '10 days')
  FROM "brokering"."pools" p
 WHERE p."id" = d."pool_id" AND d."state" = 'planned';--> statement-breakpoint
UPDATE "brokering"."pool_deliveries" d
   SET "next_step" = 'remind-supplier', "next_at" = open."since" + interval '3 days'
  FROM (SELECT r."delivery_id", min(c."raised_at") AS "since"
          FROM "brokering"."pool_claims" c
          JOIN "brokering"."pool_receipts" r ON r."id" = c."receipt_id"
         WHERE c."state" = 'open'
         GROUP BY r."delivery_id") open
 WHERE open."delivery_id" = d."id" AND d."state" = 'brought';--> statement-breakpoint
UPDATE "brokering"."pool_receipts"
   SET "next_step" = 'remind', "next_at" = "answered_at" + interval '3 days'
 WHERE "state" = 'unclear';--> statement-breakpoint
UPDATE "brokering"."endorsements" e
   SET "state" = 'released'
  FROM "brokering"."credits" c
 WHERE c."id" = e."credit_id" AND e."state" IN ('asked', 'proposed')
   AND c."state" NOT IN ('draft', 'submitted', 'in_review');--> statement-breakpoint
UPDATE "brokering"."endorsements"
   SET "next_step" = 'remind', "next_at" = now()
 WHERE "state" IN ('asked', 'proposed');--> statement-breakpoint
UPDATE "brokering"."credit_repayments" SET "handed_over_at" = "at" WHERE "source" = 'settlement';
