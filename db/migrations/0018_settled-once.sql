ALTER TABLE "chunks" ADD COLUMN "last_settlement" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "waits_until" timestamp with time zone;