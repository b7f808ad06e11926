import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { OutlookService } from './service';

const clockInput = z.strictObject({ minutes: z.number().positive() });

/** `POST /_sandbox/outlook/clock` moves the mailboxes' clock on; `GET /_sandbox/outlook/left` tells what has left, and when. */
export function installOutlookControl(app: FastifyInstance, service: OutlookService): void {
	app.post('/clock', async (request) => {
		service.moveMinutes(clockInput.parse(request.body).minutes);
		return { now: service.now().toISOString() };
	});
	app.get('/left', async () => {
		const { sent, refused, late, bounced } = service.post;
		return {
			left: sent.map(({ at, from, to }) => ({ at, from, to })),
			refused,
			late,
			bounced,
			throttled: service.throttled.length,
		};
	});
}
