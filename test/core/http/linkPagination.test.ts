import { linkPagination } from '../../../core/http/pagination';
import { json, tinyServer, type TinyServer } from '../support/tinyServer';
import { withClient } from '../support/withClient';

const byLink = linkPagination({ rows: 'value', next: 'nextLink', size: 'top', maxSize: 2 });

let server: TinyServer;
let stranger: TinyServer;
/** The next link of each page, in order. */
let links: Array<string | undefined>;
beforeEach(async () => {
	stranger = await tinyServer((_request, response) => json(response, { value: [] }));
	server = await tinyServer((_request, response) => {
		const at = server.seen.length;
		json(response, {
			value: [{ id: at }],
			...(links[at - 1] === undefined ? {} : { nextLink: links[at - 1] }),
		});
	});
});
afterEach(async () => await Promise.all([server.close(), stranger.close()]));

async function readAll(): Promise<unknown[]> {
	return await withClient(server.url, async (client) => {
		const rows: unknown[] = [];
		for await (const row of client.pages('/items', byLink)) rows.push(row);
		return rows;
	});
}

test('the address of the next page is followed whole, in full or from the root', async () => {
	links = [`${server.url}/items?skiptoken=a%2Fb&top=2`, '/items?skiptoken=c'];
	expect(await readAll()).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
	expect(server.seen.map(({ path }) => path)).toEqual([
		'/items?top=2',
		'/items?skiptoken=a%2Fb&top=2',
		'/items?skiptoken=c',
	]);
});

test('an address at another origin is not followed: the sign-in would go there', async () => {
	links = [`${stranger.url}/items?skiptoken=a`];
	await expect(readAll()).rejects.toMatchObject({
		message: expect.stringContaining('the next page is at another address') as string,
		facts: { canRetry: false, remedy: expect.stringContaining('base URL') as string },
	});
	expect(stranger.seen).toEqual([]);
});

test('a page that names itself is an error, not an endless list', async () => {
	links = ['/items?skiptoken=a', '/items?skiptoken=a'];
	await expect(readAll()).rejects.toThrow('the same page came twice');
	expect(server.seen).toHaveLength(2);
});

test('an empty link is the end', async () => {
	links = [''];
	expect(await readAll()).toEqual([{ id: 1 }]);
});
