import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Shell, openShell } from '../../sandbox/shell';
import { html } from '../../sandbox/shell/page/html';
import { type Place, type Service, type View, standIn } from '../../sandbox/shell/standIn';
import { ask } from './client';

/** The smallest service there can be: it keeps names. */
class Toy implements Service {
	names: string[] = [];
	readonly revoked: string[] = [];
	readonly settings: { most: number } = { most: 3 };
	closed = false;

	constructor(private readonly place: Place) {}

	get url(): string {
		return this.place.url();
	}

	mount(app: FastifyInstance): void {
		app.get('/names', async () => ({ names: this.names }));
		app.post<{ Body: { name: string } }>('/names', async ({ body, passage: { fault } }, reply) => {
			if (this.names.length >= this.settings.most) return await reply.code(409).send({ full: true });
			if (fault?.kind === 'partial') return { refused: fault.indexes };
			this.names.push(body.name);
			return { name: body.name };
		});
	}

	reset(): void {
		this.names = [];
	}

	close(): void {
		this.closed = true;
	}
}

const names: View<Toy> = {
	tab: 'names',
	label: 'Names',
	count: (toy) => toy.names.length,
	show: (toy) => ({ title: 'Names', live: true, shown: html`<p>${toy.names.join(' & ')}</p>` }),
	one: (toy, id) =>
		toy.names.includes(id) ? { title: id, live: false, shown: html`<b>${id}</b>` } : undefined,
	attachment: (_toy, id, at) => (at === 0 ? { name: `${id}.txt`, content: Buffer.from(id) } : undefined),
};

const toy = standIn({
	name: 'toy',
	title: 'Toy Mail',
	node: 'Toy',
	create: (place) => new Toy(place),
	errorBody: (status) => ({ toyError: status }),
	settings: { schema: z.strictObject({ most: z.number().int().positive().default(3) }) },
	faults: {
		tokenRevoked: {
			on: /^\/names/,
			play: ({ revoked }, request) => void revoked.push(String(request.headers['x-token'])),
		},
		partial: {
			on: /^\/names/,
			check: (fault) => ('indexes' in fault && fault.indexes.length > 1 ? 'One at a time.' : undefined),
		},
	},
	seed: {
		schema: z.strictObject({ names: z.array(z.string()) }),
		sow(service, { names: given }: { names: string[] }) {
			service.names.push(...given);
			return { names: given.length };
		},
	},
	sample: (service) => void service.names.push('Sample'),
	credentials: ({ url }) => [{ type: 'toyApi', name: 'Toy', data: { url, key: 'toy-key' }, nodes: ['toy'] }],
	notes: () => ['Key toy-key'],
	summary: (service) => ({ names: service.names.length }),
	figures: (service) => [['names in the toy', service.names.length]],
	views: [names],
	presets: [['busy', { kind: 'status', status: 429 }]],
	control(app, service) {
		app.post('/shout', async () => ({ names: service.names.map((name) => name.toUpperCase()) }));
	},
});

let shell: Shell<readonly [typeof toy]>;
beforeAll(async () => {
	shell = await openShell([toy]);
});
afterAll(async () => {
	await shell.close();
	expect(shell.services.toy.closed).toBe(true);
});
beforeEach(() => shell.reset());

const post = async (path: string, body: unknown = {}, method = 'POST') =>
	await ask(`${shell.url}${path}`, {
		method,
		headers: { 'content-type': 'application/json', 'x-token': 'abc' },
		body: JSON.stringify(body),
	});

test('a service is known by its name: on the wire, in the log, in process', async () => {
	expect((await post('/toy/names', { name: 'Anna' })).body).toEqual({ name: 'Anna' });
	expect(shell.services.toy.names).toEqual(['Anna']);
	expect(shell.services.toy.url).toBe(`${shell.url}/toy`);
	expect(shell.requests.count({ service: 'toy', path: '/names', status: 200 })).toBe(1);
	expect(shell.credentials()).toEqual([
		{ type: 'toyApi', name: 'Toy', data: { url: `${shell.url}/toy`, key: 'toy-key' }, nodes: ['toy'] },
	]);
	expect((await ask(`${shell.url}/_sandbox/credentials`)).body).toEqual({ credentials: shell.credentials() });
});

test('settings: checked by their schema, and back to their defaults on a reset', async () => {
	expect((await post('/_sandbox/settings', { toy: { most: 1 } })).body).toEqual({ toy: { most: 1 } });
	await post('/toy/names', { name: 'Anna' });
	expect((await post('/toy/names', { name: 'Bo' })).status).toBe(409);
	for (const wrong of [{ toy: { most: 0 } }, { toy: { least: 1 } }, { toi: {} }])
		expect((await post('/_sandbox/settings', wrong)).status).toBe(400);
	await post('/_sandbox/reset');
	expect([shell.services.toy.settings, shell.services.toy.names]).toEqual([{ most: 3 }, []]);
});

test('seed, sample, state and control routes of its own', async () => {
	expect((await post('/_sandbox/seed', { toy: { names: ['Anna', 'Bo'] } })).body).toEqual({ names: 2 });
	expect((await post('/_sandbox/seed', { toy: { names: 'Anna' } })).status).toBe(400);
	await post('/_sandbox/seed', { sample: 'small' });
	expect((await ask(`${shell.url}/_sandbox/state`)).body).toEqual({
		toy: { url: `${shell.url}/toy`, names: 3, settings: { most: 3 } },
		requests: 0,
		faults: 0,
	});
	expect((await post('/_sandbox/toy/shout')).body).toEqual({ names: ['ANNA', 'BO', 'SAMPLE'] });
});

test('its tabs are on the page, the first of them at /, and its figures above the requests', async () => {
	shell.services.toy.names.push('<Anna>');
	for (const path of ['/', '/names']) {
		const { text } = await ask(`${shell.url}${path}`);
		expect(text).toContain('<p>&lt;Anna&gt;</p>');
		expect(text).toMatch(/aria-current="page">Toy Mail</);
		expect(text).toContain('Names<b id="n-names">1</b>');
	}
	expect((await ask(`${shell.url}/names/${encodeURIComponent('<Anna>')}`)).text).toContain('&lt;Anna&gt;');
	expect((await ask(`${shell.url}/names/Bo`)).status).toBe(404);
	const file = await ask(`${shell.url}/names/Bo/attachments/0`);
	expect([file.text, file.headers.get('content-type')]).toEqual(['Bo', 'application/octet-stream']);
	expect((await ask(`${shell.url}/names/Bo/attachments/1`)).status).toBe(404);
	expect((await ask(`${shell.url}/requests`)).text).toContain('Toy Mail answers at');
	await post('/toy/names', { name: 'Bo' });
	expect((await ask(`${shell.url}/requests`)).text).toContain('<b>2</b><span>names in the toy</span>');
});

test('two tabs of one name are refused at the start', async () => {
	const twin = standIn({ ...toy, name: 'twin', title: 'Twin' });
	await expect(openShell([toy, twin])).rejects.toThrow('The tab "names" of Twin is taken');
});

describe('faults', () => {
	test('its own faults: on its own paths only, played by itself', async () => {
		shell.faults.add({ service: 'toy', kind: 'tokenRevoked', path: /^\// });
		await post('/toy/elsewhere');
		expect(shell.services.toy.revoked).toEqual([]);
		await post('/toy/names', { name: 'Anna' });
		expect(shell.services.toy.revoked).toEqual(['abc']);
		shell.faults.add({ service: 'toy', kind: 'partial', indexes: [1] });
		expect((await post('/toy/names', { name: 'Bo' })).body).toEqual({ refused: [1] });
		expect(() => shell.faults.add({ service: 'toy', kind: 'partial', indexes: [1, 2] })).toThrow(
			'One at a time.',
		);
	});

	test('a service or a kind that does not exist, and a service without the fault, are named', async () => {
		const plain = standIn({ ...toy, name: 'plain', title: 'Plain Mail', faults: {}, views: [] });
		const both = await openShell([toy, plain]);
		try {
			expect(() => both.faults.add({ service: 'plain', kind: 'partial', indexes: [0] })).toThrow(
				'A "partial" fault is for Toy Mail only: it has no meaning for Plain Mail.',
			);
		} finally {
			await both.close();
		}
		const refusal = async (fault: object) => (await post('/_sandbox/faults', fault)).body.error;
		expect(await refusal({ service: 'tpy', kind: 'html' })).toContain('must be one of toy, not "tpy"');
		expect(await refusal({ service: 'toy', kind: 'htm' })).toContain(
			'"kind" of a fault must be one of status',
		);
		expect(await refusal({ service: 'toy', kind: 'html', staus: 1 })).toContain('staus');
		expect(await refusal({ service: 'toy', kind: 'html', when: 'later' })).toContain('"when"');
	});

	test('every preset of the page can be armed', async () => {
		const { text } = await ask(`${shell.url}/faults`);
		const bodies = [...text.matchAll(/data-send="POST \/_sandbox\/faults"\s+data-body="([^"]*)"/g)];
		expect(bodies).toHaveLength(1);
		for (const [, body = ''] of bodies)
			expect((await post('/_sandbox/faults', JSON.parse(body.replaceAll('&quot;', '"')))).status).toBe(200);
		expect((await post('/toy/names', { name: 'Anna' })).body).toEqual({ toyError: 429 });
	});
});
