import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { byId, problem, run } from './support';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.sendpulse.settings.requestsPerSecond = 1000;
});
const account = () => sandbox.current.sendpulse.account;
const NEW = { email: 'news@example.com', name: 'News' };
const sender = byId(NEW.email);

test('a sender is added, gets a code, is confirmed with it and deleted', async () => {
	const done = await run(sandbox.current, 'sender.create', NEW);
	expect(done.json(NODE)).toEqual([{ ...NEW, result: true }]);
	const all = await run(sandbox.current, 'sender.getAll', {});
	expect(all.json(NODE)).toContainEqual({ ...NEW, status: 'Unconfirmed' });
	await run(sandbox.current, 'sender.requestCode', { sender });
	const { code } = account().unconfirmed.get(NEW.email)!;
	const wrong = await problem(sandbox.current, 'sender.confirm', { sender, code: 'wrong' });
	expect(wrong.details).toMatchObject({ code: '1005', remedy: expect.stringContaining('code') });
	const confirmed = await run(sandbox.current, 'sender.confirm', { sender, code });
	expect(confirmed.json(NODE)).toEqual([{ result: true, email: NEW.email }]);
	expect(account().senders.get(NEW.email)).toBe('News');
	expect((await run(sandbox.current, 'sender.delete', { sender })).json(NODE)).toEqual([
		{ email: NEW.email, deleted: true },
	]);
	expect(account().senders.has(NEW.email)).toBe(false);
});

test('a second code comes after fifteen minutes, and the node says so', async () => {
	await run(sandbox.current, 'sender.create', NEW);
	await run(sandbox.current, 'sender.requestCode', { sender });
	const { details } = await problem(sandbox.current, 'sender.requestCode', { sender });
	expect(details).toMatchObject({ code: '1004', remedy: expect.stringContaining('15 minutes') });
});

test('a code whose answer got lost was sent, and not sent twice', async () => {
	await run(sandbox.current, 'sender.create', NEW);
	sandbox.current.faults.add({ service: 'sendpulse', path: /\/code$/, kind: 'resetAfter' });
	const done = await run(sandbox.current, 'sender.requestCode', { sender });
	expect(done.json(NODE)).toEqual([{ email: NEW.email, result: true }]);
});

test('a free mail service is named as what it is', async () => {
	const { error, details } = await problem(sandbox.current, 'sender.create', {
		...NEW,
		email: 'x@gmail.com',
	});
	expect(error).toBe('SendPulse does not send from free mail services');
	expect(details).toMatchObject({ code: '20', outcome: 'refused' });
});
