import type { FastifyInstance } from 'fastify';

type Part = (app: FastifyInstance) => Promise<void>;

/**
 * A part of the server, by a name of its own (https://fastify.dev/docs/latest/Reference/Plugins/): of one without, Fastify
 * looks through every module that was ever loaded, twice, in case it is called like its file. Beside n8n these are thousands,
 * and a test starts many servers.
 */
export function part(name: string, install: Part): Part {
	return Object.assign(install, { [Symbol.for('fastify.display-name')]: name });
}
