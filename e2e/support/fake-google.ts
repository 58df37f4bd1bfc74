import { OAuth2Server } from 'oauth2-mock-server';

/** What an ID token may say; what is undefined is left out. */
type Claims = Record<string, unknown>;

export interface FakeGoogle {
  env: Record<string, string>;
  /** Who signs in next. */
  person(claims: Claims): void;
  close(): Promise<void>;
}

const CLIENT_ID = 'french-novel-tool.example';

/** A real OpenID provider on loopback that lets everybody in as whom the story says, and signs what it says. */
export async function startFakeGoogle(): Promise<FakeGoogle> {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  server.issuer.url = issuer;
  let claims: Claims = {};
  // The ID token has the client as its audience, the access token another.
  server.service.on('beforeTokenSigning', ({ payload }) => {
    if (payload.aud === CLIENT_ID) Object.assign(payload, claims);
  });
  return {
    env: { GOOGLE_CLIENT_ID: CLIENT_ID, GOOGLE_CLIENT_SECRET: 'a secret between us', GOOGLE_ISSUER: issuer },
    person: (next) => {
      claims = next;
    },
    close: () => server.stop(),
  };
}
