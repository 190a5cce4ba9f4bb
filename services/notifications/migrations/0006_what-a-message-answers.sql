ALTER TABLE "notifications"."inbound_messages" ADD COLUMN "question_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications"."prompts" ADD COLUMN "message_id" uuid;--> statement-breakpoint
UPDATE "notifications"."inbound_messages" m SET "question_id" = p."id"
FROM "notifications"."prompts" p
WHERE p."phone" = m."phone" AND p."state" = 'open' AND p."opened_at" <= m."received_at" AND m."handled_at" IS NULL;