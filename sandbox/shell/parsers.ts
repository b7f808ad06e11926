import type { FastifyInstance } from 'fastify';

/** Thrown when a JSON body cannot be read; each service answers it in its own form. */
export class UnreadableJson extends Error {}

/**
 * Bodies are kept as they come: JSON parsed, forms as URLSearchParams, anything else left unread for the service to refuse.
 * An empty JSON body is undefined, because a DELETE often carries the header without a body.
 */
export function installParsers(app: FastifyInstance, bodyLimit: number): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit }, (request, body, done) => {
		const text = String(body);
		if (request.passage) request.passage.bytesIn ||= Buffer.byteLength(text);
		if (text === '') return done(null, undefined);
		try {
			return done(null, JSON.parse(text));
		} catch {
			return done(new UnreadableJson('The body is not valid JSON.'));
		}
	});
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string', bodyLimit },
		(_request, body, done) => done(null, new URLSearchParams(String(body))),
	);
	app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
}
