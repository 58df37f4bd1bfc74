ALTER TABLE "jobs" ADD COLUMN "idle_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "idle_ms" bigint DEFAULT 0 NOT NULL;