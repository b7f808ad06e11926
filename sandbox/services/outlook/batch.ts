import type { FastifyInstance, InjectOptions } from 'fastify';
import { badRequest } from './errors';
import type { Props } from './records';
import type { OutlookSettings } from './settings';

interface Part {
	id: string;
	method: string;
	url: string;
	headers?: Record<string, string>;
	body?: unknown;
	dependsOn?: string[];
}

interface PartAnswer {
	id: string;
	status: number;
	headers: Record<string, string>;
	body?: unknown;
}

const MOST = 20;
/** Outlook works on so many parts of a batch at a time (learn.microsoft.com/graph/throttling). */
const AT_ONCE = 4;

/** `POST /$batch` (learn.microsoft.com/graph/json-batching). @throws {GraphError} 400 */
export async function answerBatch(
	{ requests }: { requests?: Part[] },
	inner: FastifyInstance,
	headers: Record<string, string>,
	{ shuffleParts }: OutlookSettings,
): Promise<Props> {
	if (!Array.isArray(requests) || requests.length === 0)
		throw badRequest('The batch has no requests.', 'BadRequest');
	if (requests.length > MOST)
		throw badRequest(
			`Number of batch request steps exceeds the maximum value of ${MOST}.`,
			'MaximumValueExceeded',
		);
	if (new Set(requests.map(({ id }) => id)).size !== requests.length)
		throw badRequest('Request Id must be unique.', 'BadRequest');
	const isOrdered = requests.some(({ dependsOn }) => dependsOn !== undefined);
	const answers = new Map<string, PartAnswer>();
	const one = async (part: Part) => {
		const failed = part.dependsOn?.some((id) => (answers.get(id)?.status ?? 500) >= 400);
		answers.set(part.id, failed ? dependencyFailed(part) : await ask(part, inner, headers));
	};
	const size = isOrdered ? 1 : AT_ONCE;
	// What depends on nothing is promised no place.
	const inAnyOrder = (some: Part[]) => (shuffleParts ? some.toReversed() : some);
	for (let from = 0; from < requests.length; from += size)
		await Promise.all(inAnyOrder(requests.slice(from, from + size)).map(one));
	const responses = [...answers.values()];
	return {
		responses: shuffleParts
			? responses.toSorted((a, b) => (Number(b.id) % 3) - (Number(a.id) % 3))
			: responses,
	};
}

const dependencyFailed = ({ id }: Part): PartAnswer => ({
	id,
	status: 424,
	headers: {},
	body: { error: { code: 'FailedDependency', message: 'A request this one depends on failed.' } },
});

async function ask(
	{ id, method, url, headers = {}, body }: Part,
	inner: FastifyInstance,
	outer: Record<string, string>,
): Promise<PartAnswer> {
	const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
	if (body !== undefined && !hasType)
		return {
			id,
			status: 400,
			headers: {},
			body: {
				error: { code: 'BadRequest', message: 'Write request with a body lacks a Content-Type header.' },
			},
		};
	const answer = await inner.inject({
		method: method as NonNullable<InjectOptions['method']>,
		url: `/v1.0${url.startsWith('/') ? '' : '/'}${url}`,
		headers: { ...outer, ...headers },
		...(body === undefined ? {} : { payload: JSON.stringify(body) }),
	});
	const kept = Object.fromEntries(
		['content-type', 'retry-after', 'location'].flatMap((name) =>
			answer.headers[name] === undefined
				? []
				: [[name === 'retry-after' ? 'Retry-After' : name, String(answer.headers[name])]],
		),
	);
	return {
		id,
		status: answer.statusCode,
		headers: kept,
		...(answer.body === '' ? {} : { body: parsed(answer.body) }),
	};
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return Buffer.from(body).toString('base64');
	}
}
