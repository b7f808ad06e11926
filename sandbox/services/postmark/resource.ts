import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PostmarkServer } from './server';
import type { Caller, PostmarkState } from './state';

export interface ResourceContext {
	app: FastifyInstance;
	state: PostmarkState;
	/** The server whose token the request carries. @throws 401 */
	server(request: FastifyRequest): PostmarkServer;
	/** The same, or nobody with the token POSTMARK_API_TEST, which only the sending calls take. @throws 401 */
	testable(request: FastifyRequest): Caller;
	/** Checks the account token. @throws 401 */
	account(request: FastifyRequest): void;
}

/** One resource of Postmark: a function that adds its routes. A new one is a file of its own and a line in index.ts. */
export type Resource = (context: ResourceContext) => void;
