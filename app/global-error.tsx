'use client';

import './globals.css';

/** Stands in when not even the layout could be made: no messages, no theme, both languages. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <title>French Novel Tool</title>
        <main className="mx-auto max-w-md space-y-5 px-4 py-24 text-center">
          <h1 className="book text-2xl">The page could not be made</h1>
          <p>The server may be starting or stopping. Your novels and jobs are safe.</p>
          <p lang="fr">La page n’a pas pu être affichée. Vos romans et vos travaux sont en sûreté.</p>
          <button
            type="button"
            onClick={() => window.location.reload()}
            className="min-h-11 rounded-md bg-accent px-4 font-semibold text-on-accent"
          >
            Try again · <span lang="fr">Réessayer</span>
          </button>
        </main>
      </body>
    </html>
  );
}
