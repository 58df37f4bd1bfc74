/** The month a moment falls in, in UTC: 2026-11. */
export const monthOf = (moment: Date): string => moment.toISOString().slice(0, 7);

/** The moment the next month begins. */
export const nextMonth = (moment: Date): Date => new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1));
