CREATE TABLE "brokering"."audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brokering"."idempotency_keys" (
	"scope" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brokering"."credit_consents" (
	"credit_id" uuid NOT NULL,
	"consent" text NOT NULL,
	"given" boolean,
	"asked_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "credit_consents_credit_id_consent_pk" PRIMARY KEY("credit_id","consent")
);
--> statement-breakpoint
CREATE TABLE "brokering"."credit_products" (
	"credit_id" uuid NOT NULL,
	"offer_id" uuid NOT NULL,
	"standing" text NOT NULL,
	"lender_person_id" uuid NOT NULL,
	"product" jsonb NOT NULL,
	"terms" jsonb NOT NULL,
	"compared_at" timestamp with time zone NOT NULL,
	CONSTRAINT "credit_products_credit_id_offer_id_pk" PRIMARY KEY("credit_id","offer_id")
);
--> statement-breakpoint
CREATE TABLE "brokering"."credits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"person_id" uuid,
	"organization_id" uuid,
	"contact_id" uuid,
	"lot_contract_id" uuid,
	"contract_centimos" integer,
	"way" text NOT NULL,
	"originator_id" uuid,
	"originator_organization_id" uuid,
	"interest" text,
	"makers" uuid[] NOT NULL,
	"amount_centimos" integer NOT NULL,
	"months" integer NOT NULL,
	"purpose" text NOT NULL,
	"crop" text,
	"district_code" text NOT NULL,
	"declared" text[] DEFAULT '{}' NOT NULL,
	"offer_id" uuid,
	"offer_version" integer,
	"offer_title" text,
	"lender_id" uuid,
	"lender_name" text,
	"lender_person_id" uuid,
	"terms" jsonb,
	"assessed" jsonb,
	"history" jsonb,
	"approved_centimos" integer,
	"approved_months" integer,
	"conditions" text[] DEFAULT '{}' NOT NULL,
	"refusals" jsonb,
	"repay_from_settlement" boolean DEFAULT false NOT NULL,
	"use_by" text,
	"use_reference" text,
	"next_step" text,
	"next_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"submitted_at" timestamp with time zone,
	"disbursed_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"trace" text NOT NULL,
	CONSTRAINT "credits_one_borrower" CHECK (num_nonnulls(person_id, organization_id) = 1),
	CONSTRAINT "credits_amounts" CHECK (amount_centimos > 0 and approved_centimos <= amount_centimos)
);
--> statement-breakpoint
CREATE TABLE "brokering"."credit_instalments" (
	"credit_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"due_on" date NOT NULL,
	"total_centimos" integer NOT NULL,
	"paid_centimos" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "credit_instalments_credit_id_number_pk" PRIMARY KEY("credit_id","number"),
	CONSTRAINT "credit_instalments_paid" CHECK (paid_centimos between 0 and total_centimos)
);
--> statement-breakpoint
CREATE TABLE "brokering"."credit_repayments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"credit_id" uuid NOT NULL,
	"source" text NOT NULL,
	"source_id" uuid NOT NULL,
	"centimos" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "credit_repayments_once" UNIQUE("source","source_id","credit_id"),
	CONSTRAINT "credit_repayments_positive" CHECK (centimos > 0)
);
--> statement-breakpoint
CREATE TABLE "brokering"."decision_parts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"noun" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"part" text NOT NULL,
	"person_id" uuid NOT NULL,
	"organization_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "decision_parts_once" UNIQUE("noun","subject_id","part","person_id")
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_claims" (
	"id" uuid PRIMARY KEY NOT NULL,
	"receipt_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"packs" integer NOT NULL,
	"state" text NOT NULL,
	"brought_by" uuid,
	"raised_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "pool_claims_packs" CHECK (packs > 0)
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_credits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"claim_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"goods_centimos" bigint NOT NULL,
	"delivery_centimos" bigint NOT NULL,
	"fee_centimos" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "pool_credits_positive" CHECK (least(goods_centimos, delivery_centimos, fee_centimos) >= 0)
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pool_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"point_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"rest_of" uuid,
	"packs" integer NOT NULL,
	"day" date,
	"state" text NOT NULL,
	"brought_at" timestamp with time zone,
	CONSTRAINT "pool_deliveries_something" CHECK (packs > 0 and part > 0)
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_receipts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delivery_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"packs" integer NOT NULL,
	"came_sound" integer,
	"state" text NOT NULL,
	"answer_by" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"trace" text NOT NULL,
	CONSTRAINT "pool_receipts_packs" CHECK (packs > 0 and came_sound between 0 and packs)
);
--> statement-breakpoint
CREATE TABLE "brokering"."endorsements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"credit_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"state" text NOT NULL,
	"amount_centimos" integer,
	"conditions" text[] DEFAULT '{}' NOT NULL,
	"refusal" text,
	"makers" uuid[] DEFAULT '{}' NOT NULL,
	"approver_id" uuid,
	"asked_at" timestamp with time zone NOT NULL,
	"trace" text NOT NULL,
	CONSTRAINT "endorsements_amount" CHECK (state in ('asked', 'refused', 'released') or amount_centimos > 0)
);
--> statement-breakpoint
CREATE TABLE "brokering"."exposure_limits" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"limit_centimos" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brokering"."exposure_limit_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"limit_centimos" integer NOT NULL,
	"state" text NOT NULL,
	"makers" uuid[] NOT NULL,
	"approver_id" uuid,
	"proposed_at" timestamp with time zone NOT NULL,
	"approved_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "brokering"."group_guarantees" (
	"id" uuid PRIMARY KEY NOT NULL,
	"credit_id" uuid NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brokering"."guarantors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"guarantee_id" uuid NOT NULL,
	"person_id" uuid,
	"centimos" integer NOT NULL,
	"state" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brokering"."lot_composition_lines" (
	"composition_id" uuid NOT NULL,
	"pledge_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"woman" boolean NOT NULL,
	"offered_grams" bigint NOT NULL,
	"taken_grams" bigint NOT NULL,
	"left_grams" bigint NOT NULL,
	"centimos_per_kg" integer NOT NULL,
	"pay_centimos" bigint NOT NULL,
	"reason" jsonb,
	CONSTRAINT "lot_composition_lines_composition_id_pledge_id_pk" PRIMARY KEY("composition_id","pledge_id")
);
--> statement-breakpoint
CREATE TABLE "brokering"."lot_compositions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lot_id" uuid NOT NULL,
	"state" text NOT NULL,
	"grams" bigint NOT NULL,
	"averages" jsonb NOT NULL,
	"women_share_percent" double precision NOT NULL,
	"pay_centimos" bigint NOT NULL,
	"pickup_centimos" bigint NOT NULL,
	"net_centimos" bigint NOT NULL,
	"proven" boolean NOT NULL,
	"gap_centimos" bigint NOT NULL,
	"makers" uuid[] NOT NULL,
	"approver_id" uuid,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "brokering"."lot_contracts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lot_id" uuid NOT NULL,
	"buyer_id" uuid NOT NULL,
	"buyer_name" text NOT NULL,
	"state" text NOT NULL,
	"terms" jsonb,
	"makers" uuid[] NOT NULL,
	"approver_id" uuid,
	"buyer_person_id" uuid,
	"signed_by_organizer" uuid,
	"signed_by_organizer_at" timestamp with time zone,
	"signed_by_buyer" uuid,
	"signed_by_buyer_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"trace" text NOT NULL,
	CONSTRAINT "lot_contracts_signed" CHECK (state <> 'signed' or (terms is not null and signed_by_organizer_at is not null and signed_by_buyer_at is not null))
);
--> statement-breakpoint
CREATE TABLE "brokering"."lot_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lot_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"state" text NOT NULL,
	"recorded_by" text NOT NULL,
	"grams" bigint NOT NULL,
	"women_grams" bigint NOT NULL,
	"quality" jsonb NOT NULL,
	"centimos_per_kg" integer NOT NULL,
	"value_centimos" bigint NOT NULL,
	"women_premium_centimos" bigint NOT NULL,
	"delivered_on" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "lot_deliveries_women" CHECK (women_grams between 0 and grams)
);
--> statement-breakpoint
CREATE TABLE "brokering"."lot_quotes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contract_id" uuid NOT NULL,
	"by" text NOT NULL,
	"state" text NOT NULL,
	"terms" jsonb NOT NULL,
	"makers" uuid[] NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brokering"."lot_points" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lot_id" uuid NOT NULL,
	"name" text NOT NULL,
	"district_code" text NOT NULL,
	"pickup_centimos" integer NOT NULL,
	"collects_on" date
);
--> statement-breakpoint
CREATE TABLE "brokering"."lots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"organizer_kind" text NOT NULL,
	"organizer_id" uuid NOT NULL,
	"organizer_is_group" boolean NOT NULL,
	"organizer_name" text NOT NULL,
	"title" text NOT NULL,
	"crop" text NOT NULL,
	"crop_state" text NOT NULL,
	"minimum_grams" bigint NOT NULL,
	"maximum_grams" bigint NOT NULL,
	"limits" jsonb NOT NULL,
	"certificates" text[] NOT NULL,
	"minimum_women_share_percent" double precision NOT NULL,
	"pledge_until" timestamp with time zone NOT NULL,
	"collect_from" date NOT NULL,
	"collect_until" date NOT NULL,
	"fairness" text NOT NULL,
	"parts" boolean NOT NULL,
	"minimum_part_grams" bigint NOT NULL,
	"fee_centimos_per_kg" integer NOT NULL,
	"fee_percent" double precision NOT NULL,
	"expected_centimos_per_kg" integer,
	"conversions" jsonb NOT NULL,
	"open_to_neighbours" boolean NOT NULL,
	"demand" jsonb,
	"buyer_id" uuid,
	"receipts" integer DEFAULT 0 NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"trace" text NOT NULL,
	CONSTRAINT "lots_volume" CHECK (minimum_grams between 1 and maximum_grams)
);
--> statement-breakpoint
CREATE TABLE "brokering"."lot_advances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lot_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"centimos" bigint NOT NULL,
	"promised_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lot_advances_something" CHECK (centimos > 0)
);
--> statement-breakpoint
CREATE TABLE "brokering"."lot_settlement_credits" (
	"settlement_id" uuid NOT NULL,
	"credit_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"centimos" bigint NOT NULL,
	CONSTRAINT "lot_settlement_credits_settlement_id_credit_id_pk" PRIMARY KEY("settlement_id","credit_id")
);
--> statement-breakpoint
CREATE TABLE "brokering"."lot_settlement_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"settlement_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"woman" boolean NOT NULL,
	"grams" bigint NOT NULL,
	"gross_centimos" bigint NOT NULL,
	"premium_centimos" bigint NOT NULL,
	"advance_centimos" bigint NOT NULL,
	"fee_centimos" bigint NOT NULL,
	"credit_centimos" bigint NOT NULL,
	"carried_centimos" bigint NOT NULL,
	"net_centimos" bigint NOT NULL,
	CONSTRAINT "lot_settlement_lines_once" UNIQUE("settlement_id","person_id"),
	CONSTRAINT "lot_settlement_lines_net" CHECK (net_centimos = gross_centimos + premium_centimos - advance_centimos - fee_centimos - credit_centimos and net_centimos >= 0)
);
--> statement-breakpoint
CREATE TABLE "brokering"."lot_settlements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lot_id" uuid NOT NULL,
	"state" text NOT NULL,
	"contract_centimos" bigint NOT NULL,
	"gross_centimos" bigint NOT NULL,
	"premium_centimos" bigint NOT NULL,
	"advance_centimos" bigint NOT NULL,
	"fee_centimos" bigint NOT NULL,
	"credit_centimos" bigint NOT NULL,
	"net_centimos" bigint NOT NULL,
	"makers" uuid[] NOT NULL,
	"approver_id" uuid,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"trace" text NOT NULL,
	CONSTRAINT "lot_settlements_whole" CHECK (gross_centimos + premium_centimos = contract_centimos),
	CONSTRAINT "lot_settlements_net" CHECK (net_centimos = contract_centimos - advance_centimos - fee_centimos - credit_centimos)
);
--> statement-breakpoint
CREATE TABLE "brokering"."payment_asks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"payment_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brokering"."payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"payer_kind" text NOT NULL,
	"payer_id" uuid NOT NULL,
	"receiver_kind" text NOT NULL,
	"receiver_id" uuid NOT NULL,
	"amount_centimos" bigint NOT NULL,
	"back" boolean NOT NULL,
	"deposit" boolean NOT NULL,
	"method" text NOT NULL,
	"operation_number" text,
	"paid_on" date NOT NULL,
	"state" text NOT NULL,
	"recorded_as" text NOT NULL,
	"recorded_by" uuid[] NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"flags" jsonb NOT NULL,
	"trace" text NOT NULL,
	CONSTRAINT "payments_something" CHECK (amount_centimos > 0),
	CONSTRAINT "payments_operation_known" CHECK ((method = 'cash') = (operation_number is null))
);
--> statement-breakpoint
CREATE TABLE "brokering"."pledge_plots" (
	"pledge_id" uuid NOT NULL,
	"plot_id" uuid NOT NULL,
	"plot" jsonb,
	"gone" boolean DEFAULT false NOT NULL,
	CONSTRAINT "pledge_plots_pledge_id_plot_id_pk" PRIMARY KEY("pledge_id","plot_id")
);
--> statement-breakpoint
CREATE TABLE "brokering"."pledges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lot_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"state" text NOT NULL,
	"amount" double precision NOT NULL,
	"unit" text NOT NULL,
	"crop_state" text NOT NULL,
	"grams" bigint NOT NULL,
	"conversions" jsonb NOT NULL,
	"variety" text,
	"certificates" text[] NOT NULL,
	"point_id" uuid,
	"flags" jsonb NOT NULL,
	"confirmed" boolean NOT NULL,
	"pledged_at" timestamp with time zone NOT NULL,
	"weighed_grams" bigint,
	"taken_grams" bigint,
	"left_grams" bigint,
	"left_because" jsonb,
	"carried_grams" bigint DEFAULT 0 NOT NULL,
	"carried_from" uuid,
	"trace" text NOT NULL,
	CONSTRAINT "pledges_weight" CHECK (grams > 0),
	CONSTRAINT "pledges_carried" CHECK (carried_grams <= coalesce(left_grams, 0))
);
--> statement-breakpoint
CREATE TABLE "brokering"."quality_results" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pledge_id" uuid NOT NULL,
	"measure" text NOT NULL,
	"value" double precision NOT NULL,
	"measured_on" date NOT NULL,
	"laboratory" text,
	"measured_by" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"replaced_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "brokering"."lot_receipts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lot_id" uuid NOT NULL,
	"pledge_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"grams" bigint NOT NULL,
	"crop_state" text NOT NULL,
	"lot_grams" bigint NOT NULL,
	"conversions" jsonb NOT NULL,
	"point_id" uuid NOT NULL,
	"weighed_by" uuid,
	"weighed_at" timestamp with time zone NOT NULL,
	"corrected_at" timestamp with time zone,
	"corrects" integer,
	"note" text,
	CONSTRAINT "lot_receipts_number" UNIQUE("lot_id","number"),
	CONSTRAINT "lot_receipts_weight" CHECK (grams > 0)
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_approval_asks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"award_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_award_orders" (
	"award_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"packs" integer NOT NULL,
	"goods_centimos" bigint NOT NULL,
	"delivery_centimos" bigint NOT NULL,
	"fee_centimos" bigint NOT NULL,
	"total_centimos" bigint NOT NULL,
	"reasons" jsonb NOT NULL,
	CONSTRAINT "pool_award_orders_award_id_order_id_pk" PRIMARY KEY("award_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_awards" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pool_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"cause" text NOT NULL,
	"packs" integer NOT NULL,
	"goods_centimos" bigint NOT NULL,
	"delivery_centimos" bigint NOT NULL,
	"fee_centimos" bigint NOT NULL,
	"total_centimos" bigint NOT NULL,
	"tolerance_used" boolean NOT NULL,
	"makers" uuid[] NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"sent_back_reason" text,
	CONSTRAINT "pool_awards_sum" CHECK (total_centimos = goods_centimos + delivery_centimos + fee_centimos)
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_invoices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pool_id" uuid NOT NULL,
	"award_id" uuid NOT NULL,
	"quote_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"packs" integer NOT NULL,
	"goods_centimos" bigint NOT NULL,
	"delivery_centimos" bigint NOT NULL,
	"total_centimos" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "pool_invoices_sum" CHECK (total_centimos = goods_centimos + delivery_centimos)
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_supplies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"award_id" uuid NOT NULL,
	"quote_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"state" text NOT NULL,
	"packs" integer NOT NULL,
	"tier_price_centimos" integer NOT NULL,
	"goods_centimos" bigint NOT NULL,
	"delivery_centimos" bigint NOT NULL,
	"points" jsonb NOT NULL,
	"answer_by" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"decline_reason" text
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pool_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"point_id" uuid NOT NULL,
	"state" text NOT NULL,
	"minimum_packs" integer NOT NULL,
	"packs" integer NOT NULL,
	"maximum_packs" integer NOT NULL,
	"agreed_price_centimos" integer,
	"placed_by" uuid,
	"flags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"confirm_by" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"final_packs" integer,
	"goods_centimos" bigint,
	"delivery_centimos" bigint,
	"fee_centimos" bigint,
	"total_centimos" bigint,
	"trace" text NOT NULL,
	CONSTRAINT "pool_orders_tolerance" CHECK (0 < minimum_packs and minimum_packs <= packs and packs <= maximum_packs),
	CONSTRAINT "pool_orders_sum" CHECK (total_centimos is null or total_centimos = goods_centimos + delivery_centimos + fee_centimos)
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_quotes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pool_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"provider_name" text NOT NULL,
	"person_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"tiers" jsonb NOT NULL,
	"delivery_centimos" jsonb NOT NULL,
	"case_packs" integer NOT NULL,
	"stock_packs" integer,
	"valid_until" timestamp with time zone NOT NULL,
	"quoted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "pool_quotes_positive" CHECK (case_packs > 0 and stock_packs >= 0)
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_points" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pool_id" uuid NOT NULL,
	"name" text NOT NULL,
	"district_code" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brokering"."pool_suppliers" (
	"pool_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"provider_name" text NOT NULL,
	"person_id" uuid NOT NULL,
	"found" boolean NOT NULL,
	"invited_at" timestamp with time zone NOT NULL,
	"offer_id" uuid,
	"public_tiers" jsonb,
	"public_stock_packs" integer,
	CONSTRAINT "pool_suppliers_pool_id_provider_id_pk" PRIMARY KEY("pool_id","provider_id")
);
--> statement-breakpoint
CREATE TABLE "brokering"."pools" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organizer_kind" text NOT NULL,
	"organizer_id" uuid NOT NULL,
	"organizer_name" text NOT NULL,
	"organizer_is_group" boolean NOT NULL,
	"makers" uuid[] NOT NULL,
	"state" text NOT NULL,
	"title" text NOT NULL,
	"product" text NOT NULL,
	"pack_amount" double precision NOT NULL,
	"pack_unit" text NOT NULL,
	"districts" text[] NOT NULL,
	"joiners" text NOT NULL,
	"deadline" timestamp with time zone NOT NULL,
	"minimum_packs" integer NOT NULL,
	"split" boolean NOT NULL,
	"sealed" boolean NOT NULL,
	"delivery_shared" text NOT NULL,
	"fee_centimos_per_pack" integer NOT NULL,
	"when_missed" text NOT NULL,
	"extend_days" integer NOT NULL,
	"confirm_hours" integer NOT NULL,
	"extended" integer DEFAULT 0 NOT NULL,
	"people" integer DEFAULT 0 NOT NULL,
	"packs" integer DEFAULT 0 NOT NULL,
	"most_packs" integer DEFAULT 0 NOT NULL,
	"told_centimos" integer,
	"told_at" timestamp with time zone,
	"tell_at" timestamp with time zone,
	"next_at" timestamp with time zone,
	"computing" text,
	"computing_for" uuid[] DEFAULT '{}' NOT NULL,
	"award_id" uuid,
	"rounds" integer DEFAULT 0 NOT NULL,
	"suppliers_invited_at" timestamp with time zone,
	"inviting" text,
	"opened_at" timestamp with time zone NOT NULL,
	"ordered_at" timestamp with time zone,
	"cancel_cause" text,
	"cancel_reason" text,
	"trace" text NOT NULL,
	CONSTRAINT "pools_nothing_negative" CHECK (people >= 0 and packs >= 0 and fee_centimos_per_pack >= 0)
);
--> statement-breakpoint
ALTER TABLE "brokering"."credit_consents" ADD CONSTRAINT "credit_consents_credit_id_credits_id_fk" FOREIGN KEY ("credit_id") REFERENCES "brokering"."credits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."credit_products" ADD CONSTRAINT "credit_products_credit_id_credits_id_fk" FOREIGN KEY ("credit_id") REFERENCES "brokering"."credits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."credit_instalments" ADD CONSTRAINT "credit_instalments_credit_id_credits_id_fk" FOREIGN KEY ("credit_id") REFERENCES "brokering"."credits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."credit_repayments" ADD CONSTRAINT "credit_repayments_credit_id_credits_id_fk" FOREIGN KEY ("credit_id") REFERENCES "brokering"."credits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_claims" ADD CONSTRAINT "pool_claims_receipt_id_pool_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "brokering"."pool_receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_claims" ADD CONSTRAINT "pool_claims_brought_by_pool_deliveries_id_fk" FOREIGN KEY ("brought_by") REFERENCES "brokering"."pool_deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_credits" ADD CONSTRAINT "pool_credits_claim_id_pool_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "brokering"."pool_claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_credits" ADD CONSTRAINT "pool_credits_invoice_id_pool_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "brokering"."pool_invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_credits" ADD CONSTRAINT "pool_credits_order_id_pool_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "brokering"."pool_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_deliveries" ADD CONSTRAINT "pool_deliveries_pool_id_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "brokering"."pools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_deliveries" ADD CONSTRAINT "pool_deliveries_invoice_id_pool_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "brokering"."pool_invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_deliveries" ADD CONSTRAINT "pool_deliveries_point_id_pool_points_id_fk" FOREIGN KEY ("point_id") REFERENCES "brokering"."pool_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_deliveries" ADD CONSTRAINT "pool_deliveries_rest_of_pool_deliveries_id_fk" FOREIGN KEY ("rest_of") REFERENCES "brokering"."pool_deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_receipts" ADD CONSTRAINT "pool_receipts_delivery_id_pool_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "brokering"."pool_deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_receipts" ADD CONSTRAINT "pool_receipts_order_id_pool_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "brokering"."pool_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."endorsements" ADD CONSTRAINT "endorsements_credit_id_credits_id_fk" FOREIGN KEY ("credit_id") REFERENCES "brokering"."credits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."group_guarantees" ADD CONSTRAINT "group_guarantees_credit_id_credits_id_fk" FOREIGN KEY ("credit_id") REFERENCES "brokering"."credits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."guarantors" ADD CONSTRAINT "guarantors_guarantee_id_group_guarantees_id_fk" FOREIGN KEY ("guarantee_id") REFERENCES "brokering"."group_guarantees"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_composition_lines" ADD CONSTRAINT "lot_composition_lines_composition_id_lot_compositions_id_fk" FOREIGN KEY ("composition_id") REFERENCES "brokering"."lot_compositions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_composition_lines" ADD CONSTRAINT "lot_composition_lines_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "brokering"."pledges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_compositions" ADD CONSTRAINT "lot_compositions_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "brokering"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_contracts" ADD CONSTRAINT "lot_contracts_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "brokering"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_deliveries" ADD CONSTRAINT "lot_deliveries_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "brokering"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_deliveries" ADD CONSTRAINT "lot_deliveries_contract_id_lot_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "brokering"."lot_contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_quotes" ADD CONSTRAINT "lot_quotes_contract_id_lot_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "brokering"."lot_contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_points" ADD CONSTRAINT "lot_points_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "brokering"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_advances" ADD CONSTRAINT "lot_advances_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "brokering"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_settlement_credits" ADD CONSTRAINT "lot_settlement_credits_settlement_id_lot_settlements_id_fk" FOREIGN KEY ("settlement_id") REFERENCES "brokering"."lot_settlements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_settlement_lines" ADD CONSTRAINT "lot_settlement_lines_settlement_id_lot_settlements_id_fk" FOREIGN KEY ("settlement_id") REFERENCES "brokering"."lot_settlements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_settlements" ADD CONSTRAINT "lot_settlements_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "brokering"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."payment_asks" ADD CONSTRAINT "payment_asks_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "brokering"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pledge_plots" ADD CONSTRAINT "pledge_plots_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "brokering"."pledges"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pledges" ADD CONSTRAINT "pledges_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "brokering"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pledges" ADD CONSTRAINT "pledges_point_id_lot_points_id_fk" FOREIGN KEY ("point_id") REFERENCES "brokering"."lot_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."quality_results" ADD CONSTRAINT "quality_results_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "brokering"."pledges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_receipts" ADD CONSTRAINT "lot_receipts_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "brokering"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_receipts" ADD CONSTRAINT "lot_receipts_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "brokering"."pledges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."lot_receipts" ADD CONSTRAINT "lot_receipts_point_id_lot_points_id_fk" FOREIGN KEY ("point_id") REFERENCES "brokering"."lot_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_approval_asks" ADD CONSTRAINT "pool_approval_asks_award_id_pool_awards_id_fk" FOREIGN KEY ("award_id") REFERENCES "brokering"."pool_awards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_award_orders" ADD CONSTRAINT "pool_award_orders_award_id_pool_awards_id_fk" FOREIGN KEY ("award_id") REFERENCES "brokering"."pool_awards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_award_orders" ADD CONSTRAINT "pool_award_orders_order_id_pool_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "brokering"."pool_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_awards" ADD CONSTRAINT "pool_awards_pool_id_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "brokering"."pools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_invoices" ADD CONSTRAINT "pool_invoices_pool_id_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "brokering"."pools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_invoices" ADD CONSTRAINT "pool_invoices_award_id_pool_awards_id_fk" FOREIGN KEY ("award_id") REFERENCES "brokering"."pool_awards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_invoices" ADD CONSTRAINT "pool_invoices_quote_id_pool_quotes_id_fk" FOREIGN KEY ("quote_id") REFERENCES "brokering"."pool_quotes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_supplies" ADD CONSTRAINT "pool_supplies_award_id_pool_awards_id_fk" FOREIGN KEY ("award_id") REFERENCES "brokering"."pool_awards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_supplies" ADD CONSTRAINT "pool_supplies_quote_id_pool_quotes_id_fk" FOREIGN KEY ("quote_id") REFERENCES "brokering"."pool_quotes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_orders" ADD CONSTRAINT "pool_orders_pool_id_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "brokering"."pools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_orders" ADD CONSTRAINT "pool_orders_point_id_pool_points_id_fk" FOREIGN KEY ("point_id") REFERENCES "brokering"."pool_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_quotes" ADD CONSTRAINT "pool_quotes_pool_id_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "brokering"."pools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_points" ADD CONSTRAINT "pool_points_pool_id_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "brokering"."pools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brokering"."pool_suppliers" ADD CONSTRAINT "pool_suppliers_pool_id_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "brokering"."pools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "credits_due" ON "brokering"."credits" USING btree ("next_at") WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX "credits_person" ON "brokering"."credits" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "credits_organization" ON "brokering"."credits" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "credits_lender" ON "brokering"."credits" USING btree ("lender_id","id");--> statement-breakpoint
CREATE INDEX "credits_originator" ON "brokering"."credits" USING btree ("originator_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "credits_use_order" ON "brokering"."credits" USING btree ("use_reference") WHERE use_by = 'pool-order';--> statement-breakpoint
CREATE INDEX "credit_repayments_credit" ON "brokering"."credit_repayments" USING btree ("credit_id");--> statement-breakpoint
CREATE INDEX "decision_parts_at" ON "brokering"."decision_parts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "decision_parts_person" ON "brokering"."decision_parts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "pool_claims_receipt" ON "brokering"."pool_claims" USING btree ("receipt_id");--> statement-breakpoint
CREATE INDEX "pool_claims_brought_by" ON "brokering"."pool_claims" USING btree ("brought_by");--> statement-breakpoint
CREATE INDEX "pool_credits_order" ON "brokering"."pool_credits" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "pool_credits_invoice" ON "brokering"."pool_credits" USING btree ("invoice_id");--> statement-breakpoint
CREATE INDEX "pool_credits_claim" ON "brokering"."pool_credits" USING btree ("claim_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pool_deliveries_part" ON "brokering"."pool_deliveries" USING btree ("invoice_id","point_id","part");--> statement-breakpoint
CREATE INDEX "pool_deliveries_pool" ON "brokering"."pool_deliveries" USING btree ("pool_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pool_receipts_one_a_delivery" ON "brokering"."pool_receipts" USING btree ("order_id","delivery_id");--> statement-breakpoint
CREATE INDEX "pool_receipts_delivery" ON "brokering"."pool_receipts" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "pool_receipts_due" ON "brokering"."pool_receipts" USING btree ("answer_by") WHERE answer_by is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "endorsements_open" ON "brokering"."endorsements" USING btree ("credit_id","organization_id") WHERE state not in ('refused', 'released');--> statement-breakpoint
CREATE INDEX "endorsements_organization" ON "brokering"."endorsements" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "endorsements_person" ON "brokering"."endorsements" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "exposure_limit_changes_organization" ON "brokering"."exposure_limit_changes" USING btree ("organization_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "group_guarantees_open" ON "brokering"."group_guarantees" USING btree ("credit_id") WHERE state in ('gathering', 'standing', 'called');--> statement-breakpoint
CREATE UNIQUE INDEX "guarantors_once" ON "brokering"."guarantors" USING btree ("guarantee_id","person_id");--> statement-breakpoint
CREATE INDEX "guarantors_person" ON "brokering"."guarantors" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "guarantors_due" ON "brokering"."guarantors" USING btree ("expires_at") WHERE state = 'asked';--> statement-breakpoint
CREATE INDEX "lot_compositions_lot" ON "brokering"."lot_compositions" USING btree ("lot_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "lot_compositions_one" ON "brokering"."lot_compositions" USING btree ("lot_id") WHERE state in ('proposed', 'approved');--> statement-breakpoint
CREATE UNIQUE INDEX "lot_contracts_one" ON "brokering"."lot_contracts" USING btree ("lot_id") WHERE state <> 'ended';--> statement-breakpoint
CREATE INDEX "lot_contracts_buyer" ON "brokering"."lot_contracts" USING btree ("buyer_id","lot_id");--> statement-breakpoint
CREATE INDEX "lot_deliveries_lot" ON "brokering"."lot_deliveries" USING btree ("lot_id","id");--> statement-breakpoint
CREATE INDEX "lot_quotes_contract" ON "brokering"."lot_quotes" USING btree ("contract_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "lot_quotes_one_open" ON "brokering"."lot_quotes" USING btree ("contract_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "lot_points_lot" ON "brokering"."lot_points" USING btree ("lot_id","id");--> statement-breakpoint
CREATE INDEX "lots_organizer" ON "brokering"."lots" USING btree ("organizer_id","id");--> statement-breakpoint
CREATE INDEX "lots_buyer" ON "brokering"."lots" USING btree ("buyer_id","id");--> statement-breakpoint
CREATE INDEX "lots_deadline" ON "brokering"."lots" USING btree ("pledge_until") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "lot_advances_lot" ON "brokering"."lot_advances" USING btree ("lot_id","person_id");--> statement-breakpoint
CREATE INDEX "lot_settlement_lines_person" ON "brokering"."lot_settlement_lines" USING btree ("person_id","lot_id");--> statement-breakpoint
CREATE INDEX "lot_settlements_lot" ON "brokering"."lot_settlements" USING btree ("lot_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "lot_settlements_one" ON "brokering"."lot_settlements" USING btree ("lot_id") WHERE state <> 'rejected';--> statement-breakpoint
CREATE INDEX "payment_asks_payment" ON "brokering"."payment_asks" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "payment_asks_person" ON "brokering"."payment_asks" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_operation" ON "brokering"."payments" USING btree ("receiver_id","method",ltrim(operation_number, '0')) WHERE state <> 'cancelled' and operation_number is not null;--> statement-breakpoint
CREATE INDEX "payments_subject" ON "brokering"."payments" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "payments_payer" ON "brokering"."payments" USING btree ("payer_id","id");--> statement-breakpoint
CREATE INDEX "payments_receiver" ON "brokering"."payments" USING btree ("receiver_id","id");--> statement-breakpoint
CREATE INDEX "pledges_lot" ON "brokering"."pledges" USING btree ("lot_id","id");--> statement-breakpoint
CREATE INDEX "pledges_person" ON "brokering"."pledges" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "quality_results_pledge" ON "brokering"."quality_results" USING btree ("pledge_id","id");--> statement-breakpoint
CREATE INDEX "lot_receipts_pledge" ON "brokering"."lot_receipts" USING btree ("pledge_id","id");--> statement-breakpoint
CREATE INDEX "pool_approval_asks_award" ON "brokering"."pool_approval_asks" USING btree ("award_id");--> statement-breakpoint
CREATE INDEX "pool_award_orders_order" ON "brokering"."pool_award_orders" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pool_awards_number" ON "brokering"."pool_awards" USING btree ("pool_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "pool_invoices_one_a_supplier" ON "brokering"."pool_invoices" USING btree ("pool_id","provider_id");--> statement-breakpoint
CREATE INDEX "pool_invoices_provider" ON "brokering"."pool_invoices" USING btree ("provider_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "pool_supplies_one_a_quote" ON "brokering"."pool_supplies" USING btree ("award_id","quote_id");--> statement-breakpoint
CREATE INDEX "pool_supplies_provider" ON "brokering"."pool_supplies" USING btree ("provider_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pool_orders_one_a_person" ON "brokering"."pool_orders" USING btree ("pool_id","person_id");--> statement-breakpoint
CREATE INDEX "pool_orders_person" ON "brokering"."pool_orders" USING btree ("person_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "pool_quotes_version" ON "brokering"."pool_quotes" USING btree ("pool_id","provider_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "pool_quotes_standing" ON "brokering"."pool_quotes" USING btree ("pool_id","provider_id") WHERE state = 'standing';--> statement-breakpoint
CREATE INDEX "pool_quotes_provider" ON "brokering"."pool_quotes" USING btree ("provider_id");--> statement-breakpoint
CREATE INDEX "pool_points_pool" ON "brokering"."pool_points" USING btree ("pool_id");--> statement-breakpoint
CREATE INDEX "pool_suppliers_provider" ON "brokering"."pool_suppliers" USING btree ("provider_id","pool_id");--> statement-breakpoint
CREATE INDEX "pools_due" ON "brokering"."pools" USING btree ("state","next_at");--> statement-breakpoint
CREATE INDEX "pools_open_districts" ON "brokering"."pools" USING gin ("districts") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "pools_organizer" ON "brokering"."pools" USING btree ("organizer_id","id");--> statement-breakpoint
CREATE INDEX "pools_inviting" ON "brokering"."pools" USING btree ("id") WHERE inviting is not null or suppliers_invited_at is null;--> statement-breakpoint
CREATE INDEX "pools_price_news" ON "brokering"."pools" USING btree ("tell_at") WHERE tell_at is not null;