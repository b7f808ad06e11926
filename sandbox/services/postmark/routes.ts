import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnreadableJson, installParsers } from '../../shell/parsers';
import { bounces } from './bounces';
import { bulk } from './bulk';
import { email } from './email';
import { inboundMessages } from './inbound';
import { PostmarkError, bodyOf } from './errors';
import { outboundMessages } from './messages';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';
import { servers } from './servers';
import type { Caller, PostmarkState } from './state';
import { stats } from './stats';
import { suppressions } from './suppressions';
import { mountTables } from './tables';
import { templateCheck } from './templateCheck';
import { templatePush } from './templatePush';
import { templateSend } from './templateSend';
import { templates } from './templates';
import { tracking } from './tracking';

const resources: Resource[] = [
	email,
	bulk,
	templateSend,
	templates,
	templateCheck,
	templatePush,
	outboundMessages,
	tracking,
	suppressions,
	bounces,
	inboundMessages,
	stats,
	servers,
];

const BATCH_LIMIT = 50 * 1024 * 1024;
const TEST_TOKEN = 'POSTMARK_API_TEST';

/** All routes of Postmark, below the prefix of the service. */
export function mountRoutes(app: FastifyInstance, state: PostmarkState): void {
	installParsers(app, BATCH_LIMIT);
	app.addHook('onRequest', async (request) => checkHeaders(request));
	app.setErrorHandler(async (error, _request, reply) => {
		const failure = asPostmarkError(error);
		return await reply.code(failure.status).send(failure.body);
	});
	app.setNotFoundHandler(async (_request, reply) => await reply.code(404).send(bodyOf(404)));
	const context = {
		app,
		state,
		server: (request: FastifyRequest) => serverOf(request, state),
		testable: (request: FastifyRequest): Caller =>
			request.headers['x-postmark-server-token'] === TEST_TOKEN ? {} : { server: serverOf(request, state) },
		account: (request: FastifyRequest) => checkAccount(request, state),
	};
	for (const resource of resources) resource(context);
	mountTables(app, context);
}

function serverOf(request: FastifyRequest, state: PostmarkState): PostmarkServer {
	const token = tokenIn(request, 'X-Postmark-Server-Token');
	const server = state.servers.find(({ tokens }) => tokens.includes(token));
	if (!server) throw badToken('Server', 'X-Postmark-Server-Token');
	return server;
}

function checkAccount(request: FastifyRequest, state: PostmarkState): void {
	if (tokenIn(request, 'X-Postmark-Account-Token') !== state.accountToken) {
		throw badToken('Account', 'X-Postmark-Account-Token');
	}
}

function tokenIn(request: FastifyRequest, header: string): string {
	const token = request.headers[header.toLowerCase()];
	if (typeof token === 'string' && token !== '') return token;
	throw new PostmarkError(
		10,
		`No API token was supplied in the HTTP headers. Please add the header ${header}.`,
		401,
	);
}

function badToken(kind: string, header: string): PostmarkError {
	const message = `The ${kind} Token you provided in the ${header} request header was invalid. Please verify that you are using a valid token.`;
	return new PostmarkError(10, message, 401);
}

/** Accept and, with a body, Content-Type must be JSON, else ErrorCode 409 (postmarkapp.com/developer/api/overview). */
function checkHeaders(request: FastifyRequest): void {
	if (!request.headers.accept?.toLowerCase().includes('application/json')) {
		throw new PostmarkError(409, 'The request must have the header Accept: application/json.');
	}
	const { 'content-type': type = '', 'content-length': length = '0', ...others } = request.headers;
	const hasBody = length !== '0' || 'transfer-encoding' in others;
	if (hasBody && !type.toLowerCase().startsWith('application/json')) {
		throw new PostmarkError(409, bodyOf(415).Message, 415);
	}
}

function asPostmarkError(error: unknown): PostmarkError {
	if (error instanceof PostmarkError) return error;
	if (error instanceof UnreadableJson)
		return new PostmarkError(402, 'Invalid JSON: the body could not be read.');
	const status = (error as { statusCode?: number }).statusCode ?? 500;
	return new PostmarkError(bodyOf(status).ErrorCode, bodyOf(status).Message, status);
}
