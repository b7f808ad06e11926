import { z } from 'zod';

/** What can be set on the stand-in while it runs; a reset brings the defaults back. */
export const postmarkSettings = z.strictObject({
	/** A new account that is not approved yet: recipients must share the domain of From, else 412. */
	accountPending: z.boolean().default(false),
	/** Milliseconds until an accepted message can be found by a search; at the service it takes a moment. */
	searchDelayMs: z.number().min(0).default(0),
	/** Whether the Bulk API is enabled for the account. */
	bulkEnabled: z.boolean().default(false),
	/** Whether a check of a domain finds its records in DNS. */
	dnsReady: z.boolean().default(true),
	/** Whether the account may delete servers; at the service that has to be asked for. */
	serverDeletion: z.boolean().default(true),
	/**
	 * How many times faster than at the service an event that was not taken is posted again. With 60, the default, its
	 * minutes are seconds.
	 */
	retrySpeed: z.number().positive().default(60),
});

export type PostmarkSettings = z.output<typeof postmarkSettings>;
