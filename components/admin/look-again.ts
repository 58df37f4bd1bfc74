/** How often an admin's page asks again while it is in sight; what has ended is not asked about again. */
export const LOOK_AGAIN_MS = 3_000;
