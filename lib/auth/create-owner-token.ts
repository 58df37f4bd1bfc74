import { signAccessToken } from './access-token';
import { ensureOwner } from './create-owner-link';

/** An access token of the owner of this machine, for its own command line. */
export async function createOwnerToken(): Promise<string> {
  const owner = await ensureOwner();
  return signAccessToken(owner.id, owner.sessionEpoch);
}
