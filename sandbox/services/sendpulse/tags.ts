import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from './account';
import { invalid, SendPulseError } from './errors';
import { bodyOf } from './lists';
import type { Tag } from './records';

const VERSION = { user_id: 7_043_663, version: '2.7.3' };
/** Changes go into a queue; the stand-in works them off at once. */
const queued = () => ({
	code: 'request_sended_to_queue',
	description: 'Request sended to queue',
	failure: false,
	http_code: 200,
	queue_id: randomUUID(),
	success: true,
	...VERSION,
});

export function tagRoutes(app: FastifyInstance, { tags, newId }: Account): void {
	const tagOf = (id: unknown): Tag => {
		const found = tags.get(Number(id));
		if (found === undefined) throw new SendPulseError(404, 404, 'Tag not found');
		return found;
	};
	const named = (request: FastifyRequest) => tagOf((request.params as { id: string }).id);
	app.get('/tags', async () => ({
		tags: [...tags.values()].map(({ id, name, color }) => ({ id, name, color })),
		...VERSION,
	}));
	app.post('/tags', async (request) => {
		const { name, color } = bodyOf(request) as { name: string; color: string };
		const id = newId();
		tags.set(id, { id, name, color, on: new Set() });
		return queued();
	});
	app.put('/tags/:id', async (request) => {
		const { name, color } = bodyOf(request) as { name: string; color: string };
		Object.assign(named(request), { name, color });
		return queued();
	});
	app.delete('/tags/:id', async (request) => {
		tags.delete(named(request).id);
		return queued();
	});
	for (const [verb, change] of [
		['pin', (on: Set<string>, contact: string) => on.add(contact)],
		['unpin', (on: Set<string>, contact: string) => on.delete(contact)],
	] as const)
		for (const by of ['email', 'phone'] as const)
			app.post(`/tags/${verb}/${by}`, async (request) => {
				const body = bodyOf(request) as { tags: unknown[] } & Record<typeof by, string>;
				if (body.tags.length === 0) throw invalid('Argument tags missing');
				for (const id of body.tags) change(tagOf(id).on, body[by]);
				return queued();
			});
}
