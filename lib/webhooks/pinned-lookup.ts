import { type LookupAddress, lookup as lookUp } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address';

export type Resolve = (hostname: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

const resolveByName: Resolve = (hostname, done) => lookUp(hostname, { all: true }, done);

export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/**
 * Looks a name up for a connection, once: what is checked is what is connected to, so that a name cannot lead elsewhere
 * in between. One address that is not public refuses the name, in the same words as a name that is not known: or anybody
 * could ask for the names of the network that we are in.
 */
export const pinnedLookup =
  (allowsPrivate: boolean, resolve: Resolve = resolveByName): LookupFunction =>
  (hostname, { all }, done) => {
    resolve(hostname, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(new AddressRefused('no address', { cause: error }), '');
      if (!allowsPrivate && !addresses.every(({ address }) => isPublicAddress(address))) {
        return done(new AddressRefused('not a public address'), '');
      }
      return all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
