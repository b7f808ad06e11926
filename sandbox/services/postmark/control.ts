import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { PostmarkService } from './service';
import type { HookDelivery } from './hooks';
import { BOUNCE_TYPES } from './records';

const visit = {
	message: z.string(),
	recipient: z.string().optional(),
	platform: z.enum(['Desktop', 'Mobile', 'WebMail', 'Unknown']).optional(),
	userAgent: z.string().optional(),
};
const about = {
	message: z.string().optional(),
	email: z.string().optional(),
	stream: z.string().optional(),
};

/** `message` is a MessageID; without one `email` names the address, in `stream` or the default one. */
const eventInput = z.discriminatedUnion('event', [
	z.strictObject({ event: z.literal('deliver'), message: z.string(), recipient: z.string().optional() }),
	z.strictObject({
		event: z.literal('bounce'),
		...about,
		type: z
			.string()
			.refine((type) => Object.hasOwn(BOUNCE_TYPES, type), 'is not a type of bounce')
			.optional(),
	}),
	z.strictObject({ event: z.literal('complain'), ...about }),
	z.strictObject({ event: z.literal('unsubscribe'), ...about }),
	z.strictObject({ event: z.literal('open'), ...visit, readSeconds: z.number().min(0).optional() }),
	z.strictObject({ event: z.literal('click'), ...visit, link: z.string().optional() }),
	z.strictObject({
		event: z.literal('receive'),
		from: z.string(),
		to: z.string().optional(),
		cc: z.string().optional(),
		replyTo: z.string().optional(),
		subject: z.string().optional(),
		text: z.string().optional(),
		html: z.string().optional(),
		tag: z.string().optional(),
		spamScore: z.number().optional(),
		attachments: z
			.array(
				z.strictObject({
					name: z.string(),
					/** Base64. */
					content: z.string(),
					contentType: z.string().optional(),
				}),
			)
			.optional(),
	}),
]);

/** What happens to mail, on demand: `POST /_sandbox/postmark/events`; and where it was posted to. */
export function installPostmarkControl(app: FastifyInstance, postmark: PostmarkService): void {
	app.post('/events', async (request) => {
		const input = eventInput.parse(request.body);
		const before = new Set(postmark.hooks.deliveries);
		const result = await produce(input, postmark);
		await postmark.hooks.idle();
		const made = postmark.hooks.deliveries.filter((delivery) => !before.has(delivery));
		return { result, deliveries: made.map(show) };
	});

	app.get('/deliveries', async () => ({
		deliveries: postmark.hooks.deliveries.toReversed().map(show),
	}));
}

async function produce(input: z.infer<typeof eventInput>, postmark: PostmarkService): Promise<unknown> {
	switch (input.event) {
		case 'deliver':
			return postmark.deliver(input.message, input.recipient);
		case 'bounce':
			return postmark.bounce(input);
		case 'complain':
			return postmark.complain(input);
		case 'unsubscribe':
			postmark.unsubscribe(input);
			return null;
		case 'open':
			return postmark.open(input.message, input);
		case 'click':
			return postmark.click(input.message, input.link, input);
		case 'receive': {
			const attachments = input.attachments?.map((one) => ({
				...one,
				content: Buffer.from(one.content, 'base64'),
			}));
			const message = await postmark.receive({ ...input, attachments });
			await postmark.hooks.idle();
			const { payload, status, blockedReason } = message;
			return { MessageID: payload.MessageID, Status: status, BlockedReason: blockedReason };
		}
	}
}

function show({ id, event, stream, webhookId, url, state, attempts, nextAt }: HookDelivery) {
	return { id, event, stream, webhookId, url, state, nextAt, attempts };
}
