import { z } from 'zod';

/** `before`, the default: instead of the work. `after`: the work is done, and this comes instead of its answer. */
const when = z.enum(['before', 'after']).optional();
const status = z
	.number()
	.int()
	.min(200, 'must be from 200 to 599')
	.max(599, 'must be from 200 to 599')
	.optional();
const ms = z.number({ required_error: 'is needed: the milliseconds to wait' }).min(0);

/** What can happen to a request. CONTRIBUTING.md has the same as a table. */
const effects = {
	/** An answer in the service's own error form (or this body). */
	status: {
		status: z.number().int().min(100, 'must be from 100 to 599').max(599, 'must be from 100 to 599'),
		headers: z.record(z.string()).optional(),
		body: z.unknown(),
		when,
	},
	/** The connection is cut at once; nothing is done. */
	resetBefore: {},
	/** The request is carried out, then the connection is cut instead of an answer. */
	resetAfter: {},
	/** Held for this many milliseconds, then carried out; `after`: carried out at once, then answered late. */
	slow: { ms, when },
	/** A proxy's page in HTML. Default 502; with 200 it looks like success. */
	html: { status, when },
	/** A proxy's own words as plain text. Default 503. */
	proxyError: { status, when },
	/** The JSON of the answer stops half way; HTTP is in order. */
	truncated: { when },
	/** The connection is cut in the middle of the body. */
	bodyCut: { when },
	/** The body says it is gzip and cannot be unpacked. */
	brokenGzip: { when },
	/** No body. Default 200. */
	emptyBody: { status, when },
	/** `{}`. Default 200. */
	emptyObject: { status, when },
	/** `{"error": …}`. Default 200. */
	errorObject: { status, when },
	/** A body without an end, as fast as it is read. */
	endlessBody: { when },
	/** A body without an end, one byte every so many milliseconds (default 200). */
	dripBody: { ms: ms.optional(), when },
	/** 101 to a request that asked for no other protocol, then silence. */
	switchingProtocols: { when },
	/** The token of the request stops working, with this request; a new one works. */
	tokenRevoked: {},
	/** These messages of a batch (by position, from 0) are refused, the others are carried out. */
	partial: {
		indexes: z.array(z.number().int().min(0)),
		errorCode: z.union([z.number().int(), z.string()]).optional(),
		status,
		message: z.string().optional(),
	},
};

export type FaultKind = keyof typeof effects;
export const FAULT_KINDS = Object.keys(effects) as [FaultKind, ...FaultKind[]];

const target = {
	service: z.string(),
	method: z.string().optional(),
	/** Below the service's prefix, as sent: `/v2/users`, or an expression. Left out, it is any path, sign-in too. */
	path: z.union([z.string(), z.instanceof(RegExp)]).optional(),
	/** Let this many matching requests pass first. Default 0. */
	after: z.number().int().min(0).optional(),
	/** Play on this many requests, then disarm. Default 1; `Infinity` for always. */
	times: z.number().min(1).optional(),
};

type Target = z.objectOutputType<typeof target, z.ZodTypeAny>;
type Effects = { [K in FaultKind]: { kind: K } & z.objectOutputType<(typeof effects)[K], z.ZodTypeAny> };
/** What happens to a request that a fault is played on. */
export type FaultEffect = Effects[FaultKind];
export type Fault<Name extends string = string> = Omit<Target, 'service'> & { service: Name } & FaultEffect;

const schemas = Object.fromEntries(
	Object.entries(effects).map(([kind, fields]) => [
		kind,
		z.strictObject({ ...target, kind: z.literal(kind), ...fields }),
	]),
);

/** @throws {Error} with a sentence that names the field. */
export function readFault(input: unknown): Fault {
	const kind = (input as { kind?: unknown } | null)?.kind;
	const schema = typeof kind === 'string' && Object.hasOwn(schemas, kind) ? schemas[kind] : undefined;
	if (!schema) throw new Error(`"kind" of a fault must be one of ${FAULT_KINDS.join(', ')}.`);
	const { data, error } = schema.safeParse(input);
	if (error) {
		const words = error.issues.map(({ path, message }) => `"${path.join('.')}": ${message}`);
		throw new Error(`A "${String(kind)}" fault is not right: ${words.join('; ')}.`);
	}
	return data as unknown as Fault;
}

/** Whether the work is done although something else is answered. */
export function isAfter(fault: Fault): boolean {
	return fault.kind === 'resetAfter' || ('when' in fault && fault.when === 'after');
}

/** What happens, for the page: "done, then answered with status 503". */
export function wordsOf(fault: Fault): string {
	const words = ownWords(fault);
	return isAfter(fault) ? `done, then ${words}` : words;
}

function ownWords(fault: Fault): string {
	switch (fault.kind) {
		case 'status':
			return `answered with status ${fault.status}`;
		case 'resetBefore':
			return 'connection cut, nothing done';
		case 'resetAfter':
			return 'the connection is cut';
		case 'slow':
			return `held for ${fault.ms} ms`;
		case 'tokenRevoked':
			return 'its token stops working';
		case 'partial':
			return `messages ${fault.indexes.join(', ')} of the batch refused with ${fault.errorCode ?? fault.status ?? 'an error'}`;
		case 'dripBody':
			return `a body without an end, a byte every ${fault.ms ?? 200} ms`;
		default:
			return `${WORDS[fault.kind]}${'status' in fault && fault.status ? ` with status ${fault.status}` : ''}`;
	}
}

const WORDS = {
	html: 'an HTML page of a proxy',
	proxyError: 'a proxy’s own words',
	truncated: 'JSON that stops half way',
	bodyCut: 'the connection cut in mid-body',
	brokenGzip: 'gzip that cannot be unpacked',
	emptyBody: 'no body',
	emptyObject: '{}',
	errorObject: '{"error": …}',
	endlessBody: 'a body without an end',
	switchingProtocols: '101 and silence',
};
