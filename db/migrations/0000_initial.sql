CREATE TABLE "chunks" (
	"job_id" text NOT NULL,
	"index" integer NOT NULL,
	"page_start" integer NOT NULL,
	"page_end" integer NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sentences" integer DEFAULT 0 NOT NULL,
	"model_calls" integer DEFAULT 0 NOT NULL,
	"model_tokens" integer DEFAULT 0 NOT NULL,
	"error_code" text,
	"error_detail" text,
	CONSTRAINT "chunks_job_id_index_pk" PRIMARY KEY("job_id","index"),
	CONSTRAINT "chunks_status_is_known" CHECK ("chunks"."status" in ('pending', 'processing', 'done', 'failed')),
	CONSTRAINT "chunks_pages_in_order" CHECK (1 <= "chunks"."page_start" and "chunks"."page_start" <= "chunks"."page_end"),
	CONSTRAINT "chunks_failed_have_a_reason" CHECK (("chunks"."status" = 'failed') = ("chunks"."error_code" is not null))
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"novel_id" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"step" text DEFAULT 'queued' NOT NULL,
	"partial" boolean DEFAULT false NOT NULL,
	"engine" text NOT NULL,
	"gemini_model" text NOT NULL,
	"max_words" integer NOT NULL,
	"min_words" integer NOT NULL,
	"ignore_dialogue" boolean NOT NULL,
	"fix_hyphenation" boolean NOT NULL,
	"preserve_formatting" boolean NOT NULL,
	"workers" integer NOT NULL,
	"total_chunks" integer NOT NULL,
	"processed_chunks" integer DEFAULT 0 NOT NULL,
	"failed_chunks" integer DEFAULT 0 NOT NULL,
	"sentences_total" integer DEFAULT 0 NOT NULL,
	"sentences_kept" integer DEFAULT 0 NOT NULL,
	"sentences_rewritten" integer DEFAULT 0 NOT NULL,
	"sentences_skipped" integer DEFAULT 0 NOT NULL,
	"sentences_failed" integer DEFAULT 0 NOT NULL,
	"model_calls" integer DEFAULT 0 NOT NULL,
	"model_tokens" integer DEFAULT 0 NOT NULL,
	"retry_count" integer DEFAULT 0 NOT NULL,
	"pages_by_kind" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"error_code" text,
	"error_detail" text,
	"cancelled_at" timestamp with time zone,
	"cancelled_by" text,
	"version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "jobs_status_is_known" CHECK ("jobs"."status" in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
	CONSTRAINT "jobs_settings_in_range" CHECK ("jobs"."max_words" between 3 and 50 and "jobs"."min_words" between 1 and 10),
	CONSTRAINT "jobs_plan_makes_sense" CHECK ("jobs"."total_chunks" >= 1 and "jobs"."workers" >= 1),
	CONSTRAINT "jobs_chunks_add_up" CHECK ("jobs"."processed_chunks" >= 0 and "jobs"."failed_chunks" >= 0 and "jobs"."processed_chunks" + "jobs"."failed_chunks" <= "jobs"."total_chunks"),
	CONSTRAINT "jobs_never_settle_more_than_there_is" CHECK (least("jobs"."sentences_kept", "jobs"."sentences_rewritten", "jobs"."sentences_skipped", "jobs"."sentences_failed") >= 0
        and "jobs"."sentences_kept" + "jobs"."sentences_rewritten" + "jobs"."sentences_skipped" + "jobs"."sentences_failed" <= "jobs"."sentences_total"),
	CONSTRAINT "jobs_complete_only_when_every_sentence_is_accounted_for" CHECK ("jobs"."status" <> 'completed'
        or ("jobs"."sentences_kept" + "jobs"."sentences_rewritten" + "jobs"."sentences_skipped" + "jobs"."sentences_failed" = "jobs"."sentences_total"
          and "jobs"."processed_chunks" + "jobs"."failed_chunks" = "jobs"."total_chunks")),
	CONSTRAINT "jobs_partial_means_completed_with_gaps" CHECK (not "jobs"."partial" or ("jobs"."status" = 'completed' and "jobs"."failed_chunks" > 0)),
	CONSTRAINT "jobs_ended_have_an_end" CHECK (("jobs"."status" in ('completed', 'failed', 'cancelled')) = ("jobs"."completed_at" is not null)),
	CONSTRAINT "jobs_cancelled_have_a_time" CHECK (("jobs"."status" = 'cancelled') = ("jobs"."cancelled_at" is not null)),
	CONSTRAINT "jobs_failed_have_a_reason" CHECK (("jobs"."status" = 'failed') = ("jobs"."error_code" is not null))
);
--> statement-breakpoint
CREATE TABLE "novels" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	"pages" integer NOT NULL,
	"storage_key" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "novels_have_pages" CHECK ("novels"."pages" > 0),
	CONSTRAINT "novels_have_bytes" CHECK ("novels"."bytes" > 0),
	CONSTRAINT "novels_sha256_is_hex" CHECK ("novels"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "sentences" (
	"job_id" text NOT NULL,
	"position" integer NOT NULL,
	"chunk_index" integer NOT NULL,
	"page_start" integer NOT NULL,
	"page_end" integer NOT NULL,
	"paragraph" integer NOT NULL,
	"kind" text NOT NULL,
	"original" text NOT NULL,
	"rewrites" text[] DEFAULT '{}' NOT NULL,
	"status" text NOT NULL,
	"skip_reason" text,
	"method" text,
	"flags" text[] DEFAULT '{}' NOT NULL,
	"locked" boolean DEFAULT false NOT NULL,
	CONSTRAINT "sentences_job_id_position_pk" PRIMARY KEY("job_id","position"),
	CONSTRAINT "sentences_status_is_known" CHECK ("sentences"."status" in ('pending', 'kept', 'rewritten', 'skipped', 'failed')),
	CONSTRAINT "sentences_rewritten_have_rewrites" CHECK (("sentences"."status" = 'rewritten') = (cardinality("sentences"."rewrites") > 0)),
	CONSTRAINT "sentences_skipped_have_a_reason" CHECK (("sentences"."status" = 'skipped') = ("sentences"."skip_reason" is not null)),
	CONSTRAINT "sentences_pages_in_order" CHECK (1 <= "sentences"."page_start" and "sentences"."page_start" <= "sentences"."page_end")
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"family_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text,
	"password_hash" text,
	"role" text DEFAULT 'reader' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_is_lower_case" CHECK ("users"."email" = lower("users"."email")),
	CONSTRAINT "users_role_is_known" CHECK ("users"."role" in ('reader', 'admin'))
);
--> statement-breakpoint
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_novel_id_novels_id_fk" FOREIGN KEY ("novel_id") REFERENCES "public"."novels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "novels" ADD CONSTRAINT "novels_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sentences" ADD CONSTRAINT "sentences_job_id_chunk_index_chunks_job_id_index_fk" FOREIGN KEY ("job_id","chunk_index") REFERENCES "public"."chunks"("job_id","index") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "jobs_by_user" ON "jobs" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "jobs_by_novel" ON "jobs" USING btree ("novel_id");--> statement-breakpoint
CREATE INDEX "jobs_unfinished" ON "jobs" USING btree ("updated_at") WHERE "jobs"."status" in ('pending', 'processing');--> statement-breakpoint
CREATE INDEX "novels_by_user" ON "novels" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "sentences_by_chunk" ON "sentences" USING btree ("job_id","chunk_index","position");--> statement-breakpoint
CREATE INDEX "refresh_tokens_family" ON "refresh_tokens" USING btree ("family_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree ("email");