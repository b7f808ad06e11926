import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../sandbox';
import { services } from '../../sandbox/services';
import type { Field } from '../../sandbox/shell/table/fields';
import type { OpenApi } from '../../sandbox/shell/table/openapi';
import type { Table } from '../../sandbox/shell/table/table';
import { answerFaults, differences, requestsOf } from '../support/description';
import { ask } from './client';

/**
 * Every table of every stand-in is walked through: it does what its row says, and says what the service's official
 * description says. A new service is in it by bringing `tables`, and its description in test/fixtures/openapi.
 */
type AnyTable = Table<object, never>;
type Json = Record<string, unknown>;

/** Where a stand-in and the official description differ, and why the stand-in is right. */
const DEPARTURES: Record<string, Array<[what: RegExp, why: string]>> = {
	postmark: [
		[/DKIMTe[sx]tValue/, 'misspelt in the description; the page and the official client say DKIMTextValue'],
		[/CustomTracking/i, "newer than the description; Postmark's PHP client has it"],
		[/ConfirmationPersonalNote/, 'newer than the description; it is on the page'],
		[/ReplyToEmailAddress should match format/, 'empty without one'],
	],
	mailchimp: [
		[/_links.*answers no (?:targetSchema|schema)/, 'links to schemas, which nobody follows'],
		[/signing_(?:enabled|secret) too/, 'newer than the description'],
		[/stores(?:\[\]|\/\{store_id\})? answers no (?:connected_site|automations)/, 'only of connected sites'],
		[/outreach answers no/, 'only what an order came from'],
		[/options (?:answers no|answers)/, 'only those of the type of the field'],
	],
};

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const rows = services.flatMap(({ name, tables }) =>
	(tables?.list ?? []).map((table): [string, string, AnyTable] => [name, table.path, table]),
);

function runningOf(service: string) {
	const running = sandbox.running.find(({ standIn }) => standIn.name === service);
	if (!running?.standIn.tables) throw new Error(`${service} has no tables.`);
	return { ...running, tables: running.standIn.tables };
}

interface Request {
	method: string;
	path: string;
}

/** Calls a path as the description writes it, with the parents and the id put in. */
async function call(service: string, { method, path }: Request, id: string, body?: unknown, query?: Json) {
	const { tables, service: running } = runningOf(service);
	const parents = tables.parents?.(running as never) ?? {};
	// What stands last is the record itself, also where it is a parent of others.
	const filled = path.replace(/\{(\w+)\}/g, (whole, name: string) =>
		encodeURIComponent(id !== '' && path.endsWith(whole) ? id : (parents[name] ?? id)),
	);
	const search = query ? `?${new URLSearchParams(query as Record<string, string>).toString()}` : '';
	return await ask<Json>(`${running.url}${filled}${search}`, {
		method,
		headers: {
			...tables.headers(running as never),
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}

const wireOf = (table: AnyTable, ...verbs: string[]) =>
	requestsOf(table).find(({ verb }) => verbs.includes(verb));

const make = async (service: string, table: AnyTable, n: number, more: Json = {}) =>
	await call(service, { method: 'POST', path: table.path }, '', { ...table.examples.create(n), ...more });

const idOf = (table: AnyTable, answer: Json) => String(answer[table.id.field]);

function specOf(service: string): OpenApi {
	const path = join(__dirname, `../fixtures/openapi/${service}.json`);
	if (!existsSync(path)) throw new Error(`The official description of ${service} is missing: ${path}`);
	return JSON.parse(readFileSync(path, 'utf8')) as OpenApi;
}

test('there are tables to walk through', () => {
	expect(rows.map(([service, path]) => `${service} ${path}`)).toContain('postmark /domains');
});

test.each([...new Set(rows.map(([service]) => service))])(
	'%s says what its official description says',
	async (service) => {
		const spec = specOf(service);
		const { tables } = runningOf(service);
		const found: string[] = [];
		for (const table of tables.list.filter(({ undescribed }) => undescribed === undefined)) {
			found.push(...differences(spec, table, tables.pages));
			const made = await make(service, table, 1);
			found.push(...answerFaults(spec, 'POST', table.path, made.status, made.body));
			for (const { verb, method, path } of requestsOf(table)) {
				if (verb === 'create' || verb === 'remove') continue;
				const body = method === 'GET' || verb === 'action' ? undefined : table.examples.change;
				const page = (table.pages ?? tables.pages).first(10);
				const query = verb === 'list' ? page : undefined;
				const { status, body: answer } = await call(
					service,
					{ method, path },
					idOf(table, made.body),
					body,
					query,
				);
				expect([`${method} ${path}`, status]).toEqual([`${method} ${path}`, 200]);
				found.push(...answerFaults(spec, method, path, status, answer));
			}
		}
		const known = DEPARTURES[service] ?? [];
		expect(found.filter((one) => !known.some(([what]) => what.test(one)))).toEqual([]);
		expect(known.filter(([what]) => !found.some((one) => what.test(one)))).toEqual([]);
	},
);

describe.each(rows)('%s %s', (service, _path, table) => {
	const count = async () => {
		const list = wireOf(table, 'list');
		if (!list) return NaN;
		const { tables } = runningOf(service);
		const { body } = await call(service, list, '', undefined, (table.pages ?? tables.pages).first(100));
		const found = [body, ...Object.values(body)].find((part) => Array.isArray(part)) as unknown[];
		return found.length;
	};

	test('what is made is there, in its list too, and gone once removed', async () => {
		const before = await count();
		const ids: string[] = [];
		for (const n of [1, 2, 3]) {
			const { status, body } = await make(service, table, n);
			expect(status).toBeLessThan(300);
			ids.push(idOf(table, body));
		}
		expect(new Set(ids).size).toBe(3);
		expect(await count()).toBe(before + 3);
		const [get, remove] = [wireOf(table, 'get'), wireOf(table, 'remove')];
		if (get) expect(idOf(table, (await call(service, get, ids[1] ?? '')).body)).toBe(ids[1]);
		if (!remove) return;
		expect((await call(service, remove, ids[1] ?? '')).status).toBeLessThan(300);
		expect(await count()).toBe(before + 2);
		expect((await call(service, remove, ids[1] ?? '')).status).toBeGreaterThanOrEqual(400);
		if (get) {
			expect((await call(service, get, ids[1] ?? '')).status).toBeGreaterThanOrEqual(400);
			expect((await call(service, get, ids[0] ?? '')).status).toBe(200);
		}
	});

	test('a change changes what it names, and nothing else', async () => {
		const [change, get] = [wireOf(table, 'update', 'put', 'replace', 'upsert'), wireOf(table, 'get')];
		const { change: given } = table.examples;
		expect(given === undefined).toBe(change === undefined);
		if (!change || !get || !given) return;
		const id = idOf(table, (await make(service, table, 1)).body);
		const before = (await call(service, get, id)).body;
		expect((await call(service, change, id, given)).status).toBeLessThan(300);
		const after = (await call(service, get, id)).body;
		expect(after).not.toEqual(before);
		const changed = Object.keys(after).filter(
			(field) => JSON.stringify(after[field]) !== JSON.stringify(before[field]),
		);
		const allowed = [...Object.keys(given), ...(table.examples.changes ?? [])];
		expect(changed.filter((field) => !allowed.includes(field))).toEqual([]);
		const nobody = await call(service, change, '999999999', given);
		expect(nobody.status).toBeGreaterThanOrEqual(400);
	});

	test.each(Object.entries(table.fields))(
		'%s: wrong values are refused, and nothing is made',
		async (name, field) => {
			const before = await count();
			for (const [what, value] of wrongFor(field)) {
				const { status } = await make(service, table, 1, { [name]: value });
				expect([what, status >= 400]).toEqual([what, true]);
			}
			expect(await count()).toBe(before);
		},
	);

	test('a name that is taken, and a body that is no object, are refused', async () => {
		expect((await make(service, table, 1)).status).toBeLessThan(300);
		if (table.unique) expect((await make(service, table, 1)).status).toBeGreaterThanOrEqual(400);
		const list = await call(service, { method: 'POST', path: table.path }, '', [table.examples.create(2)]);
		expect(list.status).toBeGreaterThanOrEqual(400);
	});
});

/** Values that a field does not take, each with a name. */
function wrongFor({ type, required, max, choices }: Field): Array<[what: string, value: unknown]> {
	const wrong: Array<[string, unknown]> = [];
	if (required) wrong.push(['missing', undefined]);
	if (required && type === 'string') wrong.push(['empty', '']);
	if (type !== 'any') wrong.push(['of another type', type === 'string' ? 7 : 'seven']);
	if (choices) wrong.push(['none of its choices', 'none of them']);
	if (max !== undefined && type === 'string') wrong.push(['too long', 'x'.repeat(max + 1)]);
	return wrong;
}
