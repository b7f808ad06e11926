import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnreadableJson, installParsers } from '../../shell/parsers';
import { part } from '../../shell/part';
import { MailchimpError, bodyOf, named } from './errors';
import { filtered } from './fields';
import { resources } from './resources';
import type { Resource } from './resource';
import type { MailchimpState } from './state';

const BODY_LIMIT = 32 * 1024 * 1024;

/** The API below `/3.0` (the single host) and below `/us6/3.0`, as each data centre has a host of its own. */
export function mountApi(app: FastifyInstance, state: MailchimpState, busy?: Busy): void {
	installParsers(app, BODY_LIMIT);
	app.setErrorHandler(async (error, _request, reply) => {
		const failure = asProblem(error);
		return await reply
			.code(failure.status)
			.header('content-type', 'application/problem+json; charset=utf-8')
			.send(failure.body);
	});
	app.setNotFoundHandler(async (_request, reply) => await reply.code(404).send(bodyOf(404)));
	for (const prefix of ['/3.0', '/:data_center/3.0']) {
		void app.register(
			part(`mailchimp ${prefix}`, async (api) => {
				api.addHook('onRequest', async (request, reply) => {
					reply.header('date', state.now().toUTCString());
					admit(request, state, busy);
				});
				api.addHook('preSerialization', async (request, { statusCode }, payload) =>
					statusCode < 400 && request.url.includes('fields=')
						? filtered(payload, request.query as never)
						: payload,
				);
				const context: Resource = { app: api, state };
				for (const resource of resources) resource(context);
			}),
			{ prefix },
		);
	}
}

/** Whether a request came while its user had all connections taken. */
export type Busy = (request: FastifyRequest) => boolean;

function admit(request: FastifyRequest, state: MailchimpState, busy: Busy | undefined): void {
	const wanted = request.headers['x-trigger-error'];
	if (typeof wanted === 'string') throw named(wanted) ?? named('BadRequest');
	if (busy?.(request)) throw named('TooManyRequests');
	const { data_center: dc } = request.params as Record<string, string | undefined>;
	state.account.signIn(request.headers.authorization, dc);
	const path = request.url.replace(/^.*?\/3\.0/, '').replace(/\?.*/, '');
	// Its own check of an operation in a batch, too.
	state.account.mayDo(request.method, path || '/');
	const { 'content-type': type = 'application/json' } = request.headers;
	if (!/json/i.test(type) && request.method !== 'GET' && request.method !== 'DELETE')
		throw named('JSONParseError');
}

function asProblem(error: unknown): MailchimpError {
	if (error instanceof MailchimpError) return error;
	if (error instanceof UnreadableJson) return named('JSONParseError') as MailchimpError;
	const { title, detail, status } = bodyOf((error as { statusCode?: number }).statusCode ?? 500);
	return new MailchimpError(
		status,
		title,
		status === 500 ? `${detail} ${(error as Error).stack ?? ''}` : detail,
	);
}
