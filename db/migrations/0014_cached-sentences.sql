ALTER TABLE "quotes" ADD COLUMN "cached_sentences" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "settings_changed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "sentences_cached" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "novels_by_file" ON "novels" USING btree ("user_id","sha256");--> statement-breakpoint
-- Nobody wrote down which of the jobs that were tried again got other settings.
UPDATE jobs SET settings_changed = true WHERE retry_count > 0;
