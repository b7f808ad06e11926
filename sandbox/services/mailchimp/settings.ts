import { z } from 'zod';

export const BATCH_FILES = [
	'whole',
	'cutOff',
	'endsEarly',
	'noGzip',
	'noTar',
	'noJson',
	'noList',
	'climbs',
	'absolute',
	'link',
	'lacksOne',
] as const;

/** What can be set on the stand-in while it runs; a reset brings the defaults back. */
export const mailchimpSettings = z.strictObject({
	/** Requests of one user at the same time; one more is answered with 429. */
	connections: z.number().int().positive().default(10),
	/** Whether new webhooks get a signing secret, and their posts a signature. */
	signWebhooks: z.boolean().default(true),
	/** How many times faster than at the service a post that was not taken is tried again. */
	retrySpeed: z.number().positive().default(60),
	/** Milliseconds a batch stays pending, and then under way. */
	batchMs: z.number().min(0).default(20),
	/** What the file with the results of a batch is like: as Mailchimp makes it, or wrong in one way. */
	batchFile: z.enum(BATCH_FILES).default('whole'),
	/** The role of the user whose key it is. */
	role: z.enum(['owner', 'admin', 'manager', 'author', 'viewer']).default('owner'),
	/** Whether the account has what Mailchimp Pro adds, such as cancelling a campaign while it goes out. */
	pro: z.boolean().default(false),
	/** Whether fields that the service does not know are passed over, as it does, and not refused, as finds mistakes. */
	passOverUnknown: z.boolean().default(false),
	/**
	 * Whether a contact of another audience is one already for a create, as some accounts were answered
	 * (github.com/drewm/mailchimp-api/issues/210).
	 */
	onePerAccount: z.boolean().default(false),
	/** What the account may have in audiences. */
	maxAudiences: z.number().int().positive().default(100),
});

export type MailchimpSettings = z.output<typeof mailchimpSettings>;
