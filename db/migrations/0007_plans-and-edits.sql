ALTER TABLE "users" ADD COLUMN "plan" text DEFAULT 'free' NOT NULL;--> statement-breakpoint
ALTER TABLE "sentences" ADD CONSTRAINT "sentences_locked_are_settled" CHECK (not "sentences"."locked" or "sentences"."status" in ('kept', 'rewritten', 'skipped'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_plan_is_known" CHECK ("users"."plan" in ('free', 'reader', 'school'));