import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Sandbox } from '..';
import type { SeedUser } from '../services/alimail/seed';
import type { ArmedFault, Fault } from './faults';
import { installGuard } from './guard';
import { installParsers } from './parsers';
import { installPostmarkControl } from '../services/postmark/control';
import { seedSmall } from '../samples';

/** Room for a seed of tens of thousands of accounts. */
const BODY_LIMIT = 64 * 1024 * 1024;

const service = z.enum(['alimail', 'postmark']);

const faultTarget = {
	service,
	method: z.string().optional(),
	path: z.string().optional(),
	/** An expression for the path, since JSON has none. */
	pathPattern: z.string().optional(),
	after: z.number().int().min(0).optional(),
	times: z.union([z.number().int().min(1), z.literal('always')]).optional(),
};

const faultInput = z.discriminatedUnion('kind', [
	z.strictObject({
		...faultTarget,
		kind: z.literal('status'),
		status: z.number().int(),
		headers: z.record(z.string()).optional(),
		body: z.unknown().optional(),
	}),
	z.strictObject({ ...faultTarget, kind: z.literal('resetBefore') }),
	z.strictObject({ ...faultTarget, kind: z.literal('resetAfter') }),
	z.strictObject({ ...faultTarget, kind: z.literal('html'), status: z.number().int().optional() }),
	z.strictObject({ ...faultTarget, kind: z.literal('slow'), ms: z.number().min(0) }),
	z.strictObject({ ...faultTarget, kind: z.literal('tokenRevoked') }),
	z.strictObject({
		...faultTarget,
		kind: z.literal('partial'),
		indexes: z.array(z.number().int().min(0)),
		errorCode: z.number().int(),
		message: z.string().optional(),
	}),
]);

const settingsInput = z.strictObject({
	alimail: z
		.strictObject({
			tokenSeconds: z.number().positive(),
			requestsPerSecond: z.number().int().positive(),
			retryAfter: z.boolean(),
			uniqueDepartmentNames: z.boolean(),
			/** Moves the clock of the service. */
			moveDays: z.number(),
		})
		.partial()
		.optional(),
	postmark: z
		.strictObject({
			accountPending: z.boolean(),
			searchDelayMs: z.number().min(0),
			bulkEnabled: z.boolean(),
			dnsReady: z.boolean(),
			serverDeletion: z.boolean(),
			retrySpeed: z.number().positive(),
		})
		.partial()
		.optional(),
});

const person = z.object({ email: z.string().min(3) }).passthrough();
const department = z.union([
	z.string(),
	z.strictObject({ path: z.string(), id: z.string().optional(), email: z.string().optional() }),
	z.strictObject({ name: z.string(), parentId: z.string().optional(), id: z.string().optional() }),
]);
const seedInput = z.strictObject({
	sample: z.literal('small').optional(),
	alimail: z
		.strictObject({
			domains: z.array(z.string()).optional(),
			departments: z.array(department).optional(),
			users: z.array(person).optional(),
		})
		.optional(),
});

/** The in-process API over HTTP, for people and other processes: `/_sandbox/…`, JSON in and out. */
export function installControl(app: FastifyInstance, sandbox: Sandbox): void {
	const { alimail, postmark, faults, requests } = sandbox;
	installGuard(app);
	installParsers(app, BODY_LIMIT);
	app.setErrorHandler(async (error, _request, reply) => {
		const status = error instanceof z.ZodError ? 400 : ((error as { statusCode?: number }).statusCode ?? 400);
		return await reply.code(status).send({ error: wordsOf(error) });
	});

	app.get('/_sandbox/state', async () => ({
		alimail: {
			url: alimail.url,
			users: alimail.directory.users.size,
			departments: alimail.directory.departments.size,
			domains: alimail.directory.domains.map(({ domain }) => domain),
			tokensIssued: alimail.apps.issued,
			peakPerSecond: alimail.rate.peak,
			refused: alimail.rate.refused,
			settings: alimail.settings,
		},
		postmark: {
			url: postmark.url,
			messages: postmark.messages.length,
			testAccepted: postmark.testAccepted,
			unknownFields: postmark.unknownFields,
			webhookDeliveries: postmark.hooks.deliveries.length,
			settings: postmark.settings,
		},
		requests: requests.total,
		faults: faults.list().length,
	}));

	app.get<{ Querystring: Record<string, string> }>('/_sandbox/requests', async (request) => {
		const { method, status, limit = '200' } = request.query;
		const wanted = request.query.service ? service.parse(request.query.service) : undefined;
		const found = requests.list({
			service: wanted,
			method,
			...(status ? { status: Number(status) } : {}),
		});
		return {
			total: requests.total,
			matching: found.length,
			requests: found.slice(-Math.min(Number(limit) || 200, 20_000)).reverse(),
			summary: requests.summary(),
		};
	});

	app.get('/_sandbox/faults', async () => ({ faults: faults.list().map(show) }));

	app.post('/_sandbox/faults', async (request) => {
		const { pathPattern, times, ...rest } = faultInput.parse(request.body);
		const fault = {
			...rest,
			...(pathPattern === undefined ? {} : { path: new RegExp(pathPattern) }),
			...(times === undefined ? {} : { times: times === 'always' ? Infinity : times }),
		};
		return show(faults.add(fault as Fault));
	});

	app.delete('/_sandbox/faults', async () => {
		faults.clear();
		return { faults: [] };
	});

	app.post('/_sandbox/settings', async (request) => {
		const { alimail: ofAlimail = {}, postmark: ofPostmark = {} } = settingsInput.parse(request.body);
		const { moveDays = 0, ...settings } = ofAlimail;
		Object.assign(alimail.settings, settings);
		alimail.clock.moveDays(moveDays);
		Object.assign(postmark.settings, ofPostmark);
		return { alimail: alimail.settings, postmark: postmark.settings };
	});

	app.post('/_sandbox/seed', async (request) => {
		const { sample, alimail: records = {} } = seedInput.parse(request.body);
		if (sample) await seedSmall(sandbox);
		const { users, departments } = alimail.seed({
			...records,
			users: records.users as SeedUser[] | undefined,
		});
		return { users: users.length, departments: departments.length };
	});

	installPostmarkControl(app, postmark);

	app.post('/_sandbox/reset', async () => {
		sandbox.reset();
		return { reset: true };
	});
}

function show({ id, fault, played, left, passing }: ArmedFault) {
	return {
		id,
		...fault,
		path: fault.path instanceof RegExp ? String(fault.path) : fault.path,
		times: fault.times === Infinity ? 'always' : (fault.times ?? 1),
		played,
		left: left === Infinity ? 'always' : left,
		passing,
	};
}

function wordsOf(error: unknown): string {
	if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
	return error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
}
