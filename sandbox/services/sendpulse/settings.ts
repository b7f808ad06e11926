import { z } from 'zod';

/** What can be set on the stand-in while it runs; a reset brings the defaults back. */
export const sendPulseSettings = z.strictObject({
	/** Seconds that a new token is good for. */
	tokenSeconds: z.number().positive().default(3600),
	/** In any one second; above it error 2020202020. */
	requestsPerSecond: z.number().int().positive().default(10),
	/** In any minute and day: those of a free plan. Above them 429. */
	requestsPerMinute: z.number().int().positive().default(1_000),
	requestsPerDay: z.number().int().positive().default(500_000),
	/**
	 * Contacts in one request that adds some. No number is published; the sibling calls refuse more than 100 with the words
	 * "Limit is exceeded. Max count: 100".
	 */
	maxContacts: z.number().int().positive().default(100),
	/** Campaigns that can be created through the API in any hour; above it error 791. */
	campaignsPerHour: z.number().int().positive().default(4),
	/** Whether the account has its SMTP service: without it nothing is sent, error 400. */
	hasSmtp: z.boolean().default(true),
	/** Seconds for which events wait for more, before a webhook is called: a minute for the mailing service, half of it for SMTP. */
	webhookSeconds: z.number().positive().default(30),
	/** What somebody has entered in the account's settings for the SMTP service. */
	smtpWebhookUrl: z.string().default(''),
});

export type SendPulseSettings = z.output<typeof sendPulseSettings>;
