-- Each sentence grows by its rewrites soon after: with room for them on its own page no index is touched, and storing the
-- rewrites of a part takes two thirds of the time.
ALTER TABLE "sentences" SET (fillfactor = 50);
