-- Every change of a job raises its version and is announced when it commits, whoever makes it.
CREATE FUNCTION raise_job_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION announce_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('job_changed', coalesce(NEW.id, OLD.id));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER jobs_raise_version BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION raise_job_version();
--> statement-breakpoint
CREATE TRIGGER jobs_announce AFTER INSERT OR UPDATE OR DELETE ON jobs FOR EACH ROW EXECUTE FUNCTION announce_job();
