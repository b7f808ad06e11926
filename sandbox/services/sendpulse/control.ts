import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ACTIONS, SMTP_EVENTS } from './reports';
import type { SendPulseService } from './service';

const eventInput = z.discriminatedUnion('service', [
	z.strictObject({ service: z.literal('email'), event: z.enum(ACTIONS), email: z.string() }),
	z.strictObject({ service: z.literal('smtp'), event: z.enum(SMTP_EVENTS), email: z.string() }),
]);

/** What happens to mail, on demand: `POST /_sandbox/sendpulse/events`; it is told at once. */
export function installSendPulseControl(app: FastifyInstance, { account }: SendPulseService): void {
	app.post('/events', async (request) => {
		const input = eventInput.parse(request.body);
		const { reports } = account;
		const before = reports.hooks.calls.length;
		if (input.service === 'email') reports.email(input.event, input.email);
		else reports.smtp(input.event, input.email);
		await reports.hooks.idle();
		const calls = reports.hooks.calls.slice(before);
		return { calls: calls.map(({ kind, url, status, state }) => ({ kind, url, status, state })) };
	});
}
