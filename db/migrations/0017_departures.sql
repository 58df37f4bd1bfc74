CREATE TABLE "departures" (
	"id" text PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"google_subject" text,
	"month" text NOT NULL,
	"credits_left" integer NOT NULL,
	CONSTRAINT "departures_leave_something_or_nothing" CHECK ("departures"."credits_left" >= 0)
);
--> statement-breakpoint
CREATE INDEX "departures_by_address" ON "departures" USING btree ("address");--> statement-breakpoint
CREATE INDEX "departures_by_google_subject" ON "departures" USING btree ("google_subject");