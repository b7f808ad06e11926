import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from './account';
import { invalid, missing, SendPulseError } from './errors';
import { bodyOf } from './lists';

/** The flow that is there from the start, and the event it waits for. */
export const FLOW = { id: 281_013, name: 'Thanks for the order', event: 'order_paid' };
const MADE = '2026-01-05 11:06:25';

/** Automation 360 (official description, a360.yaml; answers as sendpulse.com/integrations/api/a360 shows them). */
export function automationRoutes(app: FastifyInstance, { events }: Account): void {
	const demand = (request: FastifyRequest) => {
		if (Number((request.params as { id: string }).id) !== FLOW.id)
			throw new SendPulseError(404, 404, 'Autoresponder not found');
	};
	app.get('/a360/autoresponders/list', async (request) => {
		const { limit = '100', offset = '0' } = request.query as Record<string, string>;
		const all = [{ id: FLOW.id, name: FLOW.name, status: 1, main_data: {}, created: MADE, changed: MADE }];
		return { data: all.slice(Number(offset), Number(offset) + Number(limit)) };
	});
	app.get('/a360/autoresponders/:id', async (request) => {
		demand(request);
		return {
			autoresponder: { id: FLOW.id, name: FLOW.name, status: 1, created: MADE, changed: MADE },
			flows: [{ id: 467_510, main_id: FLOW.id, af_type: 'maintrigger', created: MADE, task: null }],
			starts: events.length,
			in_queue: 0,
			end_count: events.length,
			send_messages: events.length,
			conversions: 0,
		};
	});
	app.get('/a360/autoresponders/:id/total-stats', async (request) => {
		demand(request);
		return { data: { maintrigger: [{ flow_id: 467_510, executed: events.length, deleted: 0 }] } };
	});
	app.get('/a360/autoresponders/:id/conversions', async (request) => {
		demand(request);
		return { data: { total_conversions: 0, maintrigger_conversions: 0, goal_conversions: 0, goals: [] } };
	});
	app.post('/events/name/:name', async (request) => {
		const { name } = request.params as { name: string };
		const body = bodyOf(request);
		if (name !== FLOW.event) throw new SendPulseError(404, 404, 'Event not found');
		if (typeof body.email !== 'string' && typeof body.phone !== 'string') throw missing('email');
		if (body.automation_id !== undefined && typeof body.automation_id !== 'number')
			throw invalid('Argument automation_id is invalid');
		events.push({ name, ...body });
		return { result: true };
	});
}
