CREATE TABLE "model_pace" (
	"id" text PRIMARY KEY DEFAULT 'model' NOT NULL,
	"last_turn_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"resume_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"rate" double precision,
	"refused_rate" double precision,
	"recent_turns" double precision DEFAULT 1 NOT NULL,
	"slowdowns" integer DEFAULT 0 NOT NULL,
	"successes_since_slowdown" integer DEFAULT 0 NOT NULL,
	"refusals_since_success" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "model_pace_is_one_row" CHECK ("model_pace"."id" = 'model'),
	CONSTRAINT "model_pace_goes_on" CHECK ("model_pace"."rate" > 0)
);
