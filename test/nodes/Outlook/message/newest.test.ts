import { Newest } from '../../../../nodes/Outlook/message/newest';
import { useSandbox } from '../../../support/services';
import { asked, byId, rows } from '../support';

const sandbox = useSandbox();
const mailbox = () => sandbox.current.outlook.mailbox();
const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString();
const IN = { folder: byId('inbox'), subfolders: true };
const subjects = async (form: object) =>
	(await rows(sandbox.current, 'message.getAll', { ...IN, ...form })).map(({ subject }) => subject);

/** Messages m0 to m(count - 1), the newest last, over the inbox, a folder in it and one in that. */
function spread(count: number): void {
	const outer = mailbox().addFolder('Invoices', 'inbox');
	const inner = mailbox().addFolder('2026', outer.id);
	const folders = ['inbox', outer.id, inner.id];
	for (let i = 0; i < count; i++)
		mailbox().receive({ subject: `m${i}`, receivedDateTime: at(i) }, folders[(i * 7) % 3]);
	mailbox().receive({ subject: 'elsewhere', receivedDateTime: at(count) }, 'archive');
}
const newest = (from: number, count: number) => Array.from({ length: count }, (_, i) => `m${from - 1 - i}`);

test('of a folder and those below it come the newest of all, in one order', async () => {
	spread(30);
	expect(await subjects({ limit: 8 })).toEqual(newest(30, 8));
	expect(await subjects({ returnAll: true })).toEqual(newest(30, 30));
	expect(await subjects({ limit: 100 })).toEqual(newest(30, 30));
	expect(await subjects({ limit: 8, search: 'm1' })).toEqual(newest(20, 8));
	expect(await subjects({ limit: 3, filters: { receivedBefore: at(20) } })).toEqual(newest(20, 3));
});

test('each folder is asked for no more than is wanted, and once where a page holds that', async () => {
	spread(30);
	await subjects({ limit: 8 });
	const lists = sandbox.current.requests.list().filter(({ path }) => path.endsWith('/messages'));
	expect(lists).toHaveLength(3);
	expect(asked(sandbox.current).length).toBeLessThanOrEqual(5);
});

test('of folders with nothing but older messages no second page is fetched, once enough is known', async () => {
	for (let i = 0; i < 110; i++) mailbox().receive({ subject: 'new', receivedDateTime: at(5_000 + i) });
	const folders = Array.from({ length: 6 }, (_, i) => mailbox().addFolder(`Old ${i}`, 'inbox'));
	for (const { id } of folders)
		for (let i = 0; i < 150; i++) mailbox().receive({ subject: 'old', receivedDateTime: at(i) }, id);
	const found = await subjects({ limit: 110, output: 'body' });
	expect(found).toEqual(Array.from({ length: 110 }, () => 'new'));
	// Four folders are looked into at a time: the inbox with three others, then the rest.
	for (const { id } of folders.slice(3))
		expect(sandbox.current.requests.list().filter(({ path }) => path.includes(id))).toHaveLength(1);
});

test('the time by which they are sorted comes only where it is asked for', async () => {
	spread(6);
	const form = { ...IN, limit: 2, output: 'fields' };
	const keys = async (fields: string[]) =>
		(await rows(sandbox.current, 'message.getAll', { ...form, fields })).map((row) =>
			Object.keys(row).sort(),
		);
	expect(await keys(['subject'])).toEqual([
		['id', 'subject'],
		['id', 'subject'],
	]);
	expect(await keys(['receivedDateTime'])).toEqual([
		['id', 'receivedDateTime'],
		['id', 'receivedDateTime'],
	]);
	expect(await subjects({ limit: 2, output: 'fields', fields: ['subject'] })).toEqual(newest(6, 2));
});

test('however many there are, no more than twice the wanted ones are kept', () => {
	const kept = new Newest(10);
	let most = 0;
	for (let i = 0; i < 5_000; i++) {
		kept.take({ id: i, receivedDateTime: at((i * 7_919) % 5_000) });
		most = Math.max(most, kept.size);
	}
	expect(most).toBeLessThanOrEqual(20);
	expect(kept.inOrder().map(({ receivedDateTime }) => receivedDateTime)).toEqual(
		Array.from({ length: 10 }, (_, i) => at(4_999 - i)),
	);
});

test('of the same time they stay as they came, and what has no time comes last', () => {
	const kept = new Newest(5);
	const all = [{ id: 1 }, { id: 2, receivedDateTime: at(1) }, { id: 3 }, { id: 4, receivedDateTime: at(1) }];
	for (const message of all) expect(kept.take(message)).toBe(true);
	expect(kept.inOrder().map(({ id }) => id)).toEqual([2, 4, 1, 3]);
});
