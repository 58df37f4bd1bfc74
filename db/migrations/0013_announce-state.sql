-- An announcement says what became of the job: whoever only waits for its end need not look.
CREATE OR REPLACE FUNCTION announce_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM pg_notify('job_changed', OLD.id || ' deleted');
  ELSE
    PERFORM pg_notify('job_changed', concat_ws(' ', NEW.id, NEW.status, NEW.run_id));
  END IF;
  RETURN NULL;
END $$;
