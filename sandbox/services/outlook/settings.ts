import { z } from 'zod';

/** What can be set on the stand-in while it runs; a reset brings the defaults back. */
export const outlookSettings = z.strictObject({
	/** Seconds that an access token is good for. */
	tokenSeconds: z.number().positive().default(3600),
	/** Requests of one app under way (learn.microsoft.com/graph/throttling-limits, Outlook), parts of batches too. */
	concurrency: z.number().int().positive().default(4),
	/** Whether that is over all mailboxes, as the page says now, or in each, as it said before. */
	concurrencyOf: z.enum(['app', 'mailbox']).default('app'),
	/** Milliseconds that a request takes by itself, a piece of an upload too. */
	workMs: z.number().nonnegative().default(0),
	/** Bytes that one mailbox is given in any five minutes (same page). */
	uploadBytes: z.number().int().positive().default(150_000_000),
	/** Requests to one mailbox in any ten minutes (same page). */
	mailboxRequests: z.number().int().positive().default(10_000),
	/** Every so many-th request to a mailbox is refused with 429, as if others used it too; 0: none. */
	throttleEvery: z.number().int().nonnegative().default(0),
	/** Messages of a mailbox that leave in any minute; what is more is refused here, so that a test sees it. */
	messagesPerMinute: z.number().int().positive().default(30),
	/** Recipients of a mailbox in any 24 hours (Exchange Online limits). */
	recipientsPerDay: z.number().int().positive().default(10_000),
	/** Recipients of one message, which an administrator sets. */
	recipientsPerMessage: z.number().int().positive().default(500),
	/** Bytes of one message with its attachments. */
	messageBytes: z
		.number()
		.int()
		.positive()
		.default(35 * 1024 * 1024),
	/** Bytes of a piece of an upload that are taken, at most; the rest is asked for again. */
	pieceBytes: z
		.number()
		.int()
		.positive()
		.default(4 * 1024 * 1024),
	/** Where a message waits that was let go with a time of its own: where it was, or where Outlook's own programs keep it. */
	heldIn: z.enum(['drafts', 'outbox']).default('drafts'),
	/** Whether it is told as a draft meanwhile; its flags say that it was let go. */
	heldIsDraft: z.boolean().default(false),
	/** Milliseconds until a sent message is found in Sent Items. */
	sentItemsLagMs: z.number().nonnegative().default(0),
	/** Milliseconds that one part of a batch takes. */
	partMs: z.number().nonnegative().default(0),
	/** Milliseconds for which changes wait for each other before who has subscribed is told. */
	notificationMs: z.number().nonnegative().default(20),
	/** Milliseconds until a notification that was not taken is sent again. */
	notificationRetryMs: z.number().positive().default(1_000),
	/** Answers of a batch come in another order than its parts. */
	shuffleParts: z.boolean().default(true),
});

export type OutlookSettings = z.output<typeof outlookSettings>;
