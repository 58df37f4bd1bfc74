CREATE TABLE "ledger_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"amount" integer NOT NULL,
	"month" text NOT NULL,
	"job_id" text,
	"run" integer,
	"reserved" integer,
	"used" integer,
	"actor" text,
	"note" text,
	"closes" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_entries_once_a_run" UNIQUE("job_id","run","kind"),
	CONSTRAINT "ledger_entries_reservation" UNIQUE("job_id","run","kind","reserved","user_id","month"),
	CONSTRAINT "ledger_entries_month_is_a_month" CHECK ("ledger_entries"."month" ~ '^\d{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "ledger_entries_amount_is_sane" CHECK ("ledger_entries"."amount" between -1000000000 and 1000000000),
	CONSTRAINT "ledger_entries_add_up" CHECK (case "ledger_entries"."kind"
        when 'grant' then "ledger_entries"."amount" >= 0
        when 'reserve' then "ledger_entries"."reserved" > 0 and "ledger_entries"."amount" = -"ledger_entries"."reserved"
        when 'settle' then "ledger_entries"."used" between 1 and "ledger_entries"."reserved" and "ledger_entries"."amount" = "ledger_entries"."reserved" - "ledger_entries"."used"
        when 'release' then "ledger_entries"."used" = 0 and "ledger_entries"."amount" = "ledger_entries"."reserved"
        when 'adjustment' then "ledger_entries"."amount" <> 0
        else false end is true),
	CONSTRAINT "ledger_entries_belong_to_a_run_or_not" CHECK (("ledger_entries"."kind" in ('reserve', 'settle', 'release')) = (num_nonnulls("ledger_entries"."job_id", "ledger_entries"."run", "ledger_entries"."reserved") = 3)
        and ("ledger_entries"."kind" in ('grant', 'adjustment')) = (num_nonnulls("ledger_entries"."job_id", "ledger_entries"."run", "ledger_entries"."reserved") = 0)
        and ("ledger_entries"."kind" in ('settle', 'release')) = ("ledger_entries"."used" is not null)
        and ("ledger_entries"."kind" in ('settle', 'release')) = ("ledger_entries"."closes" is not null)
        and ("ledger_entries"."closes" is null or "ledger_entries"."closes" = 'reserve')),
	CONSTRAINT "ledger_entries_adjustments_are_signed" CHECK (("ledger_entries"."kind" = 'adjustment') = ("ledger_entries"."actor" is not null and "ledger_entries"."note" is not null))
);
--> statement-breakpoint
CREATE TABLE "quotes" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" integer NOT NULL,
	"pages" integer NOT NULL,
	"engine" text NOT NULL,
	"gemini_model" text NOT NULL,
	"max_words" integer NOT NULL,
	"min_words" integer NOT NULL,
	"ignore_dialogue" boolean NOT NULL,
	"fix_hyphenation" boolean NOT NULL,
	"preserve_formatting" boolean NOT NULL,
	"estimated_tokens" integer NOT NULL,
	"estimated_credits" integer NOT NULL,
	"price_version" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "quotes_cost_something_or_nothing" CHECK ("quotes"."estimated_tokens" >= 0 and "quotes"."estimated_credits" >= 0),
	CONSTRAINT "quotes_sha256_is_hex" CHECK ("quotes"."sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "quotes_are_used_in_time" CHECK ("quotes"."used_at" <= "quotes"."expires_at")
);
--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "estimated_tokens" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "estimated_credits" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "reserved_credits" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "actual_credits" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "tokens_before_run" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "file_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_closing_has_its_reservation" FOREIGN KEY ("job_id","run","closes","reserved","user_id","month") REFERENCES "public"."ledger_entries"("job_id","run","kind","reserved","user_id","month") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_entries_by_user" ON "ledger_entries" USING btree ("user_id","month","id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_one_grant_a_month" ON "ledger_entries" USING btree ("user_id","month") WHERE "ledger_entries"."kind" = 'grant';--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_one_closing_a_run" ON "ledger_entries" USING btree ("job_id","run") WHERE "ledger_entries"."kind" in ('settle', 'release');--> statement-breakpoint
CREATE INDEX "quotes_by_user" ON "quotes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "quotes_by_expiry" ON "quotes" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_charge_no_more_than_was_reserved" CHECK (0 <= "jobs"."actual_credits" and "jobs"."actual_credits" <= "jobs"."reserved_credits" and "jobs"."tokens_before_run" <= "jobs"."model_tokens");--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_start_with_their_file" CHECK ("jobs"."file_due_at" is null or "jobs"."status" in ('pending', 'failed', 'cancelled'));