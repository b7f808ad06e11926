import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { FIRST_TAG } from '../../../sandbox/services/sendpulse/account';
import { FLOW } from '../../../sandbox/services/sendpulse/automation';
import { byId, problem, run } from './support';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.sendpulse.settings.requestsPerSecond = 1000;
});
const account = () => sandbox.current.sendpulse.account;
const rows = async (operation: string, parameters: object = {}) =>
	(await run(sandbox.current, operation, parameters)).json(NODE);

describe('tags', () => {
	const tag = byId(FIRST_TAG);

	test('are put on contacts by address or phone, and taken off', async () => {
		await rows('tag.addToContact', { tag, by: 'email', email: 'ana@x.example' });
		expect(await rows('tag.addToContact', { tag, by: 'phone', phone: '+49151' })).toMatchObject([
			{ phone: '+49151', tag: String(FIRST_TAG), success: true },
		]);
		expect([...account().tags.get(FIRST_TAG)!.on]).toEqual(['ana@x.example', '+49151']);
		await rows('tag.removeFromContact', { tag, by: 'email', email: 'ana@x.example' });
		expect([...account().tags.get(FIRST_TAG)!.on]).toEqual(['+49151']);
		const { details } = await problem(sandbox.current, 'tag.addToContact', {
			tag: byId('vip'),
			email: 'a@x.example',
		});
		expect(details).toMatchObject({ field: 'Tag', outcome: 'notSent' });
	});

	test('are created, changed and deleted', async () => {
		await rows('tag.create', { name: 'vip', color: '#ff0000' });
		await rows('tag.update', { tag, name: 'buyer', color: '#00ff00' });
		expect((await rows('tag.getAll')).map(({ name }) => name)).toEqual(['buyer', 'vip']);
		expect(await rows('tag.delete', { tag })).toEqual([{ id: String(FIRST_TAG), deleted: true }]);
		expect(account().tags.has(FIRST_TAG)).toBe(false);
	});

	test('one whose answer got lost is looked up, and not queued again while it may still come', async () => {
		const lose = (kind: 'resetAfter' | 'resetBefore') =>
			sandbox.current.faults.add({ service: 'sendpulse', method: 'POST', path: /\/tags$/, kind });
		lose('resetAfter');
		expect(await rows('tag.create', { name: 'vip', color: '#ff0000' })).toMatchObject([{ name: 'vip' }]);
		lose('resetBefore');
		const { details } = await problem(sandbox.current, 'tag.create', { name: 'new', color: '#ff0000' });
		expect(details).toMatchObject({ outcome: 'unknown' });
		expect([...account().tags.values()].map(({ name }) => name)).toEqual(['customer', 'vip']);
	});
});

describe('automation', () => {
	test('an event starts the flows that wait for it, with what they are told', async () => {
		const form = {
			event: FLOW.event,
			email: 'ana@x.example',
			variables: { variable: [{ name: 'total', type: 'number', value: '9.5' }] },
			options: { flow: FLOW.id },
		};
		expect(await rows('automation.startByEvent', form)).toEqual([{ event: FLOW.event, result: true }]);
		expect(account().events).toEqual([
			{ name: FLOW.event, email: 'ana@x.example', total: 9.5, automation_id: FLOW.id },
		]);
		const { error } = await problem(sandbox.current, 'automation.startByEvent', { ...form, email: '' });
		expect(error).toContain('are both empty');
	});

	test('one whose answer got lost is never sent again', async () => {
		sandbox.current.faults.add({ service: 'sendpulse', path: /\/events\//, kind: 'resetAfter' });
		const form = { event: FLOW.event, email: 'ana@x.example' };
		const { details } = await problem(sandbox.current, 'automation.startByEvent', form);
		expect(details).toMatchObject({ outcome: 'unknown', canRetry: false });
		expect(account().events).toHaveLength(1);
	});

	test('flows and their numbers', async () => {
		expect(await rows('automation.getAll', { returnAll: true })).toMatchObject([
			{ id: FLOW.id, name: FLOW.name },
		]);
		const flow = byId(FLOW.id);
		expect(await rows('automation.getStatistics', { flow, of: 'flow' })).toMatchObject([{ starts: 0 }]);
		expect(await rows('automation.getStatistics', { flow, of: '/conversions' })).toMatchObject([
			{ total_conversions: 0 },
		]);
		expect(await rows('automation.getStatistics', { flow, of: '/total-stats' })).toMatchObject([
			{ maintrigger: [{ executed: 0 }] },
		]);
	});
});

describe('the verifier', () => {
	test('tells of one address, and asks once', async () => {
		expect(await rows('verifier.verifyAddress', { email: 'bad@x.example' })).toMatchObject([
			{ email: 'bad@x.example', checks: { status: 3, status_text: 'Invalid' } },
		]);
		expect(account().verified.addresses).toEqual(['bad@x.example']);
		expect(await rows('verifier.getAddressResult', { email: 'ana@x.example' })).toEqual([
			{ email: 'ana@x.example', checks: {} },
		]);
	});

	test('tells of each address of a list', async () => {
		const emails = Array.from({ length: 120 }, (_, i) => (i === 50 ? 'bad@x.example' : `p${i}@x.example`));
		const list = byId(sandbox.current.sendpulse.addList('Customers', emails).id);
		expect(await rows('verifier.verifyList', { list })).toMatchObject([{ result: true }]);
		expect(await rows('verifier.getListProgress', { list })).toMatchObject([{ total: 120, processed: 120 }]);
		const results = await rows('verifier.getListResults', { list, returnAll: true });
		expect(results).toHaveLength(120);
		expect(results.filter(({ status }) => status === 3)).toMatchObject([{ email_address: 'bad@x.example' }]);
		expect(await rows('verifier.getVerifiedLists', { returnAll: true })).toMatchObject([
			{ address_book_name: 'Customers', all_emails_quantity: 120 },
		]);
	});
});

test('the balance, as a whole and in a currency', async () => {
	expect(await rows('account.getBalance')).toMatchObject([{ email: { emails_left: 15_000 } }]);
	expect(await rows('account.getBalance', { options: { currency: 'eur' } })).toMatchObject([
		{ currency: 'EUR' },
	]);
	const { details } = await problem(sandbox.current, 'account.getBalance', {
		options: { currency: 'euros' },
	});
	expect(details).toMatchObject({ field: 'Currency', outcome: 'notSent' });
});
