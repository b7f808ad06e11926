import { z } from 'zod';

/** What can be set on the stand-in while it runs; a reset brings the defaults back. */
export const alimailSettings = z.strictObject({
	/** Seconds that a new token is good for. Clients note 3600; the service does not document it. */
	tokenSeconds: z.number().positive().default(3600),
	/** Requests in any one second for one mail domain, all apps together. */
	requestsPerSecond: z.number().int().positive().default(40),
	/** Whether a 429 carries Retry-After; that the service sends it is not confirmed. */
	retryAfter: z.boolean().default(false),
	/**
	 * Whether two departments with one parent may not have the same name. Not documented; a client has to be right
	 * either way, so tests can switch it off.
	 */
	uniqueDepartmentNames: z.boolean().default(true),
	/** Whether a PATCH of a department leaves alone what it does not name. Not documented: a client has to be right either way. */
	partialDepartmentUpdates: z.boolean().default(true),
	/** Milliseconds until a draft that was sent is gone from Drafts. Not documented. */
	sendTakesMs: z.number().min(0).default(0),
	/** Where the header lines of a message are shown when they are selected. One client reads them of single messages. */
	showHeaders: z.enum(['always', 'get', 'never']).default('always'),
	/** Domains whose ownership a look does not confirm. */
	foreignDomains: z.array(z.string()).default([]),
	/** How the address of a file is told: clients were seen to expect all three. */
	downloads: z.enum(['absolute', 'relative', 'json']).default('absolute'),
});

export type AlimailSettings = z.output<typeof alimailSettings>;
