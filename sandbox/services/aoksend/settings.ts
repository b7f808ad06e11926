import { z } from 'zod';

/** What can be set on the stand-in while it runs; a reset brings the defaults back. */
export const aokSendSettings = z.strictObject({
	/** The vendor's page shows `"code": "200"`, others have met a number: clients have to take both. */
	codeAs: z.enum(['text', 'number']).default('text'),
	/** Which of the three the stand-in's credential is for. */
	credentialFor: z.enum(['aoksend', 'aotsend', 'fengemail']).default('aoksend'),
	/** Emails that each account may still send. */
	balance: z.number().int().min(0).default(10_000),
	/** Attachments are for paying accounts; a free one gets 40009. */
	isPaying: z.boolean().default(true),
});

export type AokSendSettings = z.output<typeof aokSendSettings>;
