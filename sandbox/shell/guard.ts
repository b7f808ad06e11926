import type { FastifyInstance } from 'fastify';

/**
 * The page and the control routes are for this computer: a page elsewhere on the web must not reach them through the
 * visitor's browser. Foreign host names are refused (DNS rebinding), and so are changes that are not JSON, because a
 * foreign page can send those without asking.
 */
export function installGuard(app: FastifyInstance): void {
	app.addHook('onRequest', async (request, reply) => {
		const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
		if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) {
			return await reply.code(403).send({ error: `Open the sandbox at its own address, not at "${host}".` });
		}
		const json = (request.headers['content-type'] ?? '').startsWith('application/json');
		if (request.method !== 'GET' && !json) {
			return await reply.code(415).send({ error: 'Send Content-Type: application/json.' });
		}
		return undefined;
	});
}
