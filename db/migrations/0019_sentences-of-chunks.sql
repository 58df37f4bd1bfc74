-- A foreign key looks for the chunk of each sentence by itself, which takes as long as all else that storing a novel does.
-- The same by statement: whoever deletes the chunk meanwhile is waited for, and nobody deletes it before we are done.
CREATE FUNCTION find_chunks_of_sentences() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM chunks
    WHERE (job_id, index) IN (SELECT DISTINCT job_id, chunk_index FROM added)
    FOR KEY SHARE;
  IF EXISTS (SELECT FROM added
    WHERE NOT EXISTS (SELECT FROM chunks WHERE chunks.job_id = added.job_id AND chunks.index = added.chunk_index)) THEN
    RAISE foreign_key_violation USING
      MESSAGE = 'a sentence is in a chunk that there is not', CONSTRAINT = 'sentences_are_in_a_chunk', TABLE = 'sentences';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER sentences_find_their_chunks AFTER INSERT ON "sentences"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION find_chunks_of_sentences();--> statement-breakpoint
CREATE FUNCTION keep_sentences_in_chunk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE foreign_key_violation USING
    MESSAGE = 'a sentence stays in its chunk', CONSTRAINT = 'sentences_are_in_a_chunk', TABLE = TG_TABLE_NAME;
END $$;--> statement-breakpoint
CREATE TRIGGER sentences_stay_in_their_chunk BEFORE UPDATE OF "job_id", "chunk_index" ON "sentences"
  FOR EACH ROW EXECUTE FUNCTION keep_sentences_in_chunk();--> statement-breakpoint
CREATE TRIGGER chunks_keep_their_sentences BEFORE UPDATE OF "job_id", "index" ON "chunks"
  FOR EACH ROW EXECUTE FUNCTION keep_sentences_in_chunk();--> statement-breakpoint
CREATE FUNCTION delete_sentences_of_chunks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM sentences WHERE (job_id, chunk_index) IN (SELECT job_id, index FROM removed);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER chunks_take_their_sentences AFTER DELETE ON "chunks"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION delete_sentences_of_chunks();--> statement-breakpoint
ALTER TABLE "sentences" DROP CONSTRAINT "sentences_job_id_chunk_index_chunks_job_id_index_fk";
