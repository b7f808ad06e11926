import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Shell } from './shell';
import { type ArmedFault, wordsOf } from './faults';
import { readFault } from './faults/kinds';
import { installGuard } from './guard';
import { part } from './part';
import { installParsers } from './parsers';

/** Room for a seed of tens of thousands of accounts. */
const BODY_LIMIT = 64 * 1024 * 1024;

/** What a fault has over HTTP and not in process: JSON knows neither expressions nor Infinity. */
const faultInput = z
	.object({
		pathPattern: z.string().optional(),
		times: z.union([z.number(), z.literal('always')]).optional(),
	})
	.passthrough();

/** The in-process API over HTTP, for people and other processes: `/_sandbox/…`, JSON in and out. */
export async function installControl(app: FastifyInstance, shell: Shell): Promise<void> {
	installGuard(app);
	installParsers(app, BODY_LIMIT);
	app.setErrorHandler(async (error, _request, reply) => {
		const status = error instanceof z.ZodError ? 400 : ((error as { statusCode?: number }).statusCode ?? 400);
		return await reply.code(status).send({ error: sentenceOf(error) });
	});
	faultRoutes(app, shell);
	requestRoutes(app, shell);
	recordRoutes(app, shell);
	for (const { standIn, service } of shell.running) {
		const prefix = `/_sandbox/${standIn.name}`;
		await app.register(
			part(prefix, async (scope) => standIn.control?.(scope, service)),
			{ prefix },
		);
	}
}

function faultRoutes(app: FastifyInstance, { faults }: Shell): void {
	app.get('/_sandbox/faults', async () => ({ faults: faults.list().map(show) }));

	app.post('/_sandbox/faults', async (request) => {
		const { pathPattern, times, ...rest } = faultInput.parse(request.body);
		const fault = readFault({
			...rest,
			...(pathPattern === undefined ? {} : { path: new RegExp(pathPattern) }),
			...(times === undefined ? {} : { times: times === 'always' ? Infinity : times }),
		});
		return show(faults.add(fault));
	});

	app.delete('/_sandbox/faults', async () => {
		faults.clear();
		return { faults: [] };
	});
}

function requestRoutes(app: FastifyInstance, { requests, running }: Shell): void {
	app.get<{ Querystring: Record<string, string> }>('/_sandbox/requests', async (request) => {
		const { service, method, status, limit = '200' } = request.query;
		if (service && !running.some(({ standIn }) => standIn.name === service)) {
			throw new Error(`service: there is none called "${service}".`);
		}
		const found = requests.list({ service, method, ...(status ? { status: Number(status) } : {}) });
		return {
			total: requests.total,
			matching: found.length,
			requests: found.slice(-Math.min(Number(limit) || 200, 20_000)).reverse(),
			summary: requests.summary(),
		};
	});
}

function recordRoutes(app: FastifyInstance, shell: Shell): void {
	const { running, requests, faults } = shell;
	const byName = <T>(value: (one: Shell['running'][number]) => T) =>
		Object.fromEntries(running.map((one) => [one.standIn.name, value(one)]));
	const settingsInput = z.strictObject(
		byName(({ standIn: { settings } }) => (settings.input ?? settings.schema.partial().strict()).optional()),
	);
	const seedInput = z.strictObject({
		sample: z.literal('small').optional(),
		...byName(({ standIn }) => standIn.seed.schema.optional()),
	});

	app.get('/_sandbox/state', async () => ({
		...byName(({ standIn, service }) => ({
			url: service.url,
			...standIn.summary(service),
			settings: service.settings,
		})),
		requests: requests.total,
		faults: faults.list().length,
	}));

	app.get('/_sandbox/credentials', async () => ({ credentials: shell.credentials() }));

	app.post('/_sandbox/settings', async (request) => {
		const given = settingsInput.parse(request.body) as Record<string, Record<string, unknown> | undefined>;
		return byName(({ standIn: { name, settings }, service }) => {
			const own = given[name] ?? {};
			if (settings.change) settings.change(service, own);
			else Object.assign(service.settings, own);
			return service.settings;
		});
	});

	app.post('/_sandbox/seed', async (request) => {
		const { sample, ...records } = seedInput.parse(request.body) as Record<string, unknown>;
		if (sample) await shell.sample();
		const counts = running.flatMap(({ standIn, service }) => {
			const own = records[standIn.name];
			return own === undefined ? [] : [standIn.seed.sow(service, own as never)];
		});
		return Object.assign({}, ...counts) as Record<string, number>;
	});

	app.post('/_sandbox/reset', async () => {
		shell.reset();
		return { reset: true };
	});
}

function show({ id, fault, played, left, passing }: ArmedFault) {
	return {
		id,
		...fault,
		path: fault.path instanceof RegExp ? String(fault.path) : fault.path,
		times: fault.times === Infinity ? 'always' : (fault.times ?? 1),
		what: wordsOf(fault),
		played,
		left: left === Infinity ? 'always' : left,
		passing,
	};
}

function sentenceOf(error: unknown): string {
	if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
	return error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
}
