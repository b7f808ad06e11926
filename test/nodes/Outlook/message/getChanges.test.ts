import { useSandbox } from '../../../support/services';
import { asked, byId, problem, rows } from '../support';

const sandbox = useSandbox();
const service = () => sandbox.current.outlook;

/** A look into the inbox: its rows, and its end. */
async function look(parameters: object = {}) {
	const all = await rows(sandbox.current, 'message.getChanges', parameters);
	return { rows: all.slice(0, -1), end: all.at(-1)! };
}
const subjects = ({ rows: all }: Awaited<ReturnType<typeof look>>) =>
	all.map(({ subject, change }) => [subject, change]);

test('without a cursor all that is there, with it what became new, changed and gone since', async () => {
	const one = service().receive('one');
	const first = await look();
	expect(subjects(first)).toEqual([['one', 'present']]);
	expect(first.end).toMatchObject({
		change: 'end',
		changes: 1,
		isComplete: true,
		why: 'There was no cursor.',
	});
	const { cursor } = first.end;
	service().receive('two');
	service().mailbox().messages.touch(one, { isRead: true });
	const second = await look({ cursor });
	expect(subjects(second)).toEqual([
		['two', 'present'],
		['one', 'present'],
	]);
	expect(second.end).toMatchObject({ changes: 2, isComplete: false, why: null });
	service().mailbox().messages.move(one, 'archive');
	const third = await look({ cursor: second.end.cursor });
	expect(third.rows).toEqual([{ id: expect.any(String), change: 'gone' }]);
	expect((await look({ cursor: third.end.cursor })).rows).toEqual([]);
	// An older cursor still does: nothing is kept but in it.
	expect((await look({ cursor })).end.changes).toBe(2);
});

test('many come page by page, each once', async () => {
	for (let at = 0; at < 450; at++) service().receive(`m${at}`);
	const { rows: all } = await look();
	expect(new Set(all.map(({ id }) => id)).size).toBe(450);
	expect(asked(sandbox.current)).toHaveLength(3);
});

test('only new ones, or only what is gone; with their bodies', async () => {
	const one = service().receive('one');
	const start = { onlyNew: true, withBody: true };
	const [created, deleted] = [
		await look({ ...start, changes: 'created' }),
		await look({ ...start, changes: 'deleted' }),
	];
	expect([created, deleted].map(({ rows: all, end }) => [all, end.isComplete])).toEqual([
		[[], false],
		[[], false],
	]);
	service().receive('two');
	service().mailbox().messages.move(one, 'archive');
	const now = await look({ ...start, changes: 'created', cursor: created.end.cursor });
	expect(now.rows).toMatchObject([{ subject: 'two', body: { content: '<p>two</p>' } }]);
	const gone = await look({ ...start, changes: 'deleted', cursor: deleted.end.cursor });
	expect(gone.rows).toMatchObject([{ change: 'gone' }]);
});

test('a place that Outlook has forgotten is told, and all that is there comes again', async () => {
	service().receive('one');
	const { end } = await look();
	service().deltas!.epoch += 1;
	service().receive('two');
	const again = await look({ cursor: end.cursor });
	expect(subjects(again)).toEqual([
		['one', 'present'],
		['two', 'present'],
	]);
	expect(again.end).toMatchObject({
		isComplete: true,
		why: expect.stringContaining('Outlook has forgotten'),
	});
	expect((await look({ cursor: again.end.cursor })).rows).toEqual([]);
});

test('a cursor of another folder begins anew, and says so', async () => {
	service().receive('one');
	const { end } = await look();
	const other = await look({ cursor: end.cursor, folder: byId('archive') });
	expect(other).toMatchObject({
		rows: [],
		end: { isComplete: true, why: expect.stringContaining('another') },
	});
});

test('what is no cursor, one that leads elsewhere, and a folder that is not there', async () => {
	expect(await problem(sandbox.current, 'message.getChanges', { cursor: 'x' })).toMatchObject({
		error: expect.stringContaining("'Cursor' is not a cursor"),
		details: { field: 'Cursor' },
	});
	const { end } = await look();
	const elsewhere = JSON.stringify({
		...(JSON.parse(String(end.cursor)) as object),
		link: 'https://elsewhere.example/v1.0/me',
	});
	const before = asked(sandbox.current).length;
	expect(await problem(sandbox.current, 'message.getChanges', { cursor: elsewhere })).toMatchObject({
		error: expect.stringContaining('another address'),
	});
	expect(asked(sandbox.current)).toHaveLength(before);
	expect(await problem(sandbox.current, 'message.getChanges', { folder: byId('AAMkNone') })).toMatchObject({
		details: { code: 'ErrorItemNotFound', field: 'Folder' },
	});
});
