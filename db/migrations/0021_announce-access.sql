-- Whoever may do less than before is announced when it commits, so that nothing that goes on is told to them any more.
CREATE FUNCTION announce_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('access_changed', to_jsonb(OLD) ->> TG_ARGV[0]);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER users_announce_access AFTER UPDATE OF session_epoch, deleted_at ON users FOR EACH ROW
  EXECUTE FUNCTION announce_access('id');
--> statement-breakpoint
CREATE TRIGGER refresh_tokens_announce_access AFTER UPDATE OF revoked_at ON refresh_tokens FOR EACH ROW
  EXECUTE FUNCTION announce_access('user_id');
--> statement-breakpoint
CREATE TRIGGER api_keys_announce_access AFTER UPDATE OF revoked_at, scopes OR DELETE ON api_keys FOR EACH ROW
  EXECUTE FUNCTION announce_access('user_id');
