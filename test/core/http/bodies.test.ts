import { json, tinyServer, type TinyServer } from '../support/tinyServer';
import { TOY_KEY, withClient } from '../support/withClient';

let server: TinyServer;
beforeEach(async () => {
	server = await tinyServer((_request, response) => json(response, { id: 'made' }));
});
afterEach(async () => await server.close());

const sent = (no = 0) => {
	const request = server.seen[no];
	if (request === undefined) throw new Error(`Request ${no} never arrived`);
	return request;
};

/** What a service reads of a form with files. */
async function read({ bytes, headers }: TinyServer['seen'][number]): Promise<FormData> {
	const type = headers['content-type'] ?? '';
	return await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
}

test('a web form arrives as one, signed, every sign of it as written', async () => {
	const form = { name: 'Ana & Bo = 云河', note: 'a+b\r\nc%20d', empty: '' };
	const answer = await withClient(
		server.url,
		async (client) => await client.send({ method: 'POST', path: '/forms', form, answer: ['id'] }),
	);
	expect(answer).toEqual({ id: 'made' });
	expect(sent().headers).toMatchObject({
		'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
		'x-api-key': TOY_KEY,
	});
	expect(Object.fromEntries(new URLSearchParams(sent().body))).toEqual(form);
});

test('a file in a form arrives byte by byte, under its name, beside the fields', async () => {
	const content = Buffer.from(Array.from({ length: 512 }, (_, byte) => byte % 256));
	await withClient(
		server.url,
		async (client) =>
			await client.send({
				method: 'POST',
				path: '/files',
				multipart: [
					{ name: 'title', value: '合同 "A"\r\n' },
					{ name: 'file', content, fileName: '合同.pdf', mimeType: 'application/pdf' },
				],
				answer: ['id'],
			}),
	);
	expect(sent().headers['x-api-key']).toBe(TOY_KEY);
	const form = await read(sent());
	expect(form.get('title')).toBe('合同 "A"\r\n');
	const file = form.get('file') as File;
	expect({ name: file.name, type: file.type }).toEqual({ name: '合同.pdf', type: 'application/pdf' });
	expect(Buffer.from(await file.arrayBuffer()).equals(content)).toBe(true);
});

test('a file name cannot end its line and begin another field', async () => {
	const fileName = 'a.txt"\r\nX-Evil: 1\r\n\r\n--';
	await withClient(
		server.url,
		async (client) =>
			await client.send({
				method: 'POST',
				path: '/files',
				multipart: [{ name: 'file', content: Buffer.from('x'), fileName, mimeType: 'text/plain' }],
				answer: ['id'],
			}),
	);
	expect(sent().body).not.toMatch(/^X-Evil/m);
	expect([...(await read(sent())).keys()]).toEqual(['file']);
});

test('an attempt that was turned away is repeated with the very same bytes', async () => {
	let asked = 0;
	server.answer = (_request, response) =>
		json(response, { id: 'made' }, ++asked === 1 ? 503 : 200, { 'retry-after': '1' });
	await withClient(
		server.url,
		async (client) =>
			await client.send({
				method: 'POST',
				path: '/files',
				multipart: [
					{ name: 'file', content: Buffer.from('once'), fileName: 'a.txt', mimeType: 'text/plain' },
				],
				idempotent: true,
				answer: ['id'],
			}),
	);
	expect(server.seen).toHaveLength(2);
	expect(sent(1).bytes.equals(sent(0).bytes)).toBe(true);
	expect(sent(1).headers['content-type']).toBe(sent(0).headers['content-type']);
});

test('an exchange answers with status and headers too', async () => {
	server.answer = (_request, response) =>
		json(response, { id: '7' }, 201, { etag: '"v3"', location: '/things/7', 'x-request-id': 'abc' });
	const response = await withClient(
		server.url,
		async (client) =>
			await client.exchange({ method: 'POST', path: '/things', body: { a: 1 }, answer: ['id'] }),
	);
	expect(response).toMatchObject({
		status: 201,
		headers: { etag: '"v3"', location: '/things/7', 'x-request-id': 'abc' },
		body: { id: '7' },
	});
});

test('bytes that were asked for come as bytes, not as text', async () => {
	const picture = Buffer.from([0xff, 0xd8, 0x00, 0xfe, 0x7b, 0x7d]);
	server.answer = (_request, response) => {
		response.writeHead(200, { 'content-type': 'image/jpeg' });
		response.end(picture);
	};
	const body = await withClient(
		server.url,
		async (client) => await client.send<Buffer>({ path: '/picture', as: 'bytes', answer: 'anything' }),
	);
	expect(Buffer.compare(body, picture)).toBe(0);
});

test('a refusal is read as words, where bytes were asked for', async () => {
	server.answer = (_request, response) => {
		response.writeHead(404, { 'content-type': 'application/json' });
		response.end('{"error":{"code":"NoPicture"}}');
	};
	const bodies: unknown[] = [];
	await withClient(
		server.url,
		async (client) =>
			await client.send({ path: '/picture', as: 'bytes', answer: 'anything' }).catch(() => undefined),
		{ definition: { mapError: ({ body }) => void bodies.push(body) } },
	);
	expect(bodies).toEqual([{ error: { code: 'NoPicture' } }]);
});
