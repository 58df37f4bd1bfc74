-- Whoever ends a job, its webhooks are to be told: their messages are written in the same transaction.
CREATE FUNCTION tell_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_deliveries (id, webhook_id, job_id, event, data)
  SELECT 'msg_' || replace(gen_random_uuid()::text, '-', ''), webhooks.id, NEW.id, 'job.' || NEW.status,
    jsonb_build_object(
      'id', NEW.id,
      'status', NEW.status,
      'partial', NEW.partial,
      'retry_count', NEW.retry_count,
      'total_chunks', NEW.total_chunks,
      'processed_chunks', NEW.processed_chunks,
      'failed_chunks', NEW.failed_chunks,
      'sentences', jsonb_build_object(
        'total', NEW.sentences_total,
        'kept', NEW.sentences_kept,
        'rewritten', NEW.sentences_rewritten,
        'skipped', NEW.sentences_skipped,
        'failed', NEW.sentences_failed
      ),
      'reserved_credits', NEW.reserved_credits,
      'actual_credits', NEW.actual_credits,
      'error_code', NEW.error_code
    )
  FROM webhooks WHERE webhooks.user_id = NEW.user_id AND 'job.' || NEW.status = ANY (webhooks.events);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER jobs_tell_webhooks AFTER UPDATE OF status ON jobs FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('completed', 'failed', 'cancelled'))
  EXECUTE FUNCTION tell_webhooks();
