INSERT INTO "notifications"."channels" ("gateway", "paused_until", "pause_code")
SELECT "gateway", "until", "code" FROM "notifications"."channel_pauses"
ON CONFLICT ("gateway") DO UPDATE SET "paused_until" = excluded."paused_until", "pause_code" = excluded."pause_code";--> statement-breakpoint
DROP TABLE "notifications"."channel_pauses" CASCADE;