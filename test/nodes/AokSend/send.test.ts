import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { file, problem, send } from './support';

const sandbox = useSandbox();
const stored = () => sandbox.current.aoksend.messages;

describe('by template', () => {
	test.each(['text', 'number'] as const)('the code as %s is a success', async (codeAs) => {
		sandbox.current.aoksend.settings.codeAs = codeAs;
		const run = await send(sandbox.current, {
			values: { value: [{ name: 'code', value: '042137' }] },
			options: { alias: 'Example Shop', replyTo: 'help@example.com', random: true },
		});
		expect(run.error).toBeUndefined();
		expect(run.json(NODE)).toEqual([
			{
				to: 'ana@yunhe.example',
				code: codeAs === 'text' ? '200' : 200,
				message: 'success',
				msg_id: 'm00000001',
			},
		]);
		expect(stored()).toMatchObject([
			{
				product: 'aoksend',
				to: 'ana@yunhe.example',
				template: 'E_100000000001',
				data: { code: '042137' },
				alias: 'Example Shop',
				replyTo: 'help@example.com',
				isRandom: true,
			},
		]);
	});

	test('values come from the item or from JSON as well, and keep their kind', async () => {
		const json = { code: '007', tries: 3 };
		await send(sandbox.current, { valuesFrom: 'item' }, { items: [{ json }] });
		await send(sandbox.current, { valuesFrom: 'json', valuesJson: '{"code":"008","isNew":true}' });
		expect(stored().map(({ data }) => data)).toEqual([json, { code: '008', isNew: true }]);
	});

	test('an expression for each item, results in the order of the items', async () => {
		const people = Array.from({ length: 30 }, (_, i) => `p${i}@yunhe.example`);
		const run = await send(
			sandbox.current,
			{ to: '={{ $json.to }}', valuesFrom: 'item' },
			{ items: people.map((to) => ({ json: { to } })) },
		);
		expect(run.json(NODE).map(({ to }) => to)).toEqual(people);
		expect(
			stored()
				.map(({ to }) => to)
				.sort(),
		).toEqual([...people].sort());
	});

	test('with an attachment it is a form with a file', async () => {
		const binary = { data: file('%PDF', 'Rechnung März.pdf') };
		const run = await send(
			sandbox.current,
			{ options: { attachment: 'data' }, values: { value: [{ name: 'code', value: '1' }] } },
			{ items: [{ binary }] },
		);
		expect(run.error).toBeUndefined();
		expect(stored()).toMatchObject([
			{ attachment: { name: 'Rechnung März.pdf', bytes: 4 }, data: { code: '1' }, to: 'ana@yunhe.example' },
		]);
	});

	test('AotSend sends the same at its own address', async () => {
		await send(sandbox.current, {}, { service: 'aotSend' });
		expect(stored()).toMatchObject([{ product: 'aotsend', template: 'E_100000000001' }]);
	});
});

test('蜂邮 sends subject and HTML, white space and all', async () => {
	const run = await send(
		sandbox.current,
		{ subject: '发票', html: ' <p>你好</p>\n' },
		{ service: 'fengEmail', operation: 'email.send' },
	);
	expect(run.error).toBeUndefined();
	expect(stored()).toMatchObject([{ product: 'fengemail', subject: '发票', html: ' <p>你好</p>\n' }]);
});

describe('as every sender of the pack', () => {
	const own = { service: 'fengEmail', operation: 'email.send' } as const;

	test('an expression that an earlier node left as text is refused', async () => {
		const items = [{ json: { words: 'Dear {{ $json.name }}' } }];
		for (const [field, label] of [
			['subject', 'Subject'],
			['html', 'HTML Body'],
		] as const) {
			const form = { subject: 'Hi', html: '<p>Hi</p>', [field]: '={{ $json.words }}' };
			const { error, details } = await problem(sandbox.current, form, { ...own, items });
			expect(error).toContain(`'${label}' holds {{ $json.name }} as plain text`);
			expect(details).toMatchObject({ field: label, outcome: 'notSent' });
		}
		expect(sandbox.current.requests.total).toBe(0);
	});

	test('a picture inside the HTML, which cannot go with it, is told', async () => {
		const run = await send(sandbox.current, { subject: 'Hi', html: '<img src="cid:logo.png">' }, own);
		expect(run.hints(NODE)).toEqual([
			expect.stringMatching(/shows “cid:logo\.png”.*This operation sends no images inside the HTML/),
		]);
	});

	test.each([
		['', 'application/pdf', 'data.pdf'],
		['  ', 'text/csv', 'data.csv'],
	])('a file whose name is “%s” and whose type is %s is called %s', async (fileName, mimeType, name) => {
		const binary = { data: file('x', fileName, mimeType) };
		await send(sandbox.current, { options: { attachment: 'data' } }, { items: [{ binary }] });
		expect(stored()[0]!.attachment).toMatchObject({ name });
	});

	test.each([
		['\u200bana@yunhe.example\u200b', undefined],
		['ana@yun\u200bhe.example', '“ana@yun‹U+200B›he.example”'],
		['ana@yunhe.example；ben@yunhe.example', 'has 2 addresses, and one is taken'],
		['Ana ana@yunhe.example ben@yunhe.example', 'has'],
	])('the recipient %j', async (to, words) => {
		if (words === undefined) {
			await send(sandbox.current, { to });
			expect(stored()[0]!.to).toBe('ana@yunhe.example');
		} else expect((await problem(sandbox.current, { to })).error).toContain(words);
	});
});

test('the balance is a number, however it came', async () => {
	await send(sandbox.current);
	const run = await send(sandbox.current, {}, { operation: 'account.getBalance' });
	expect(run.json(NODE)).toEqual([{ code: '200', message: 'success', account: 9999, balance: 9999 }]);
});

test('a custom call sends form fields, objects as JSON, with the key', async () => {
	const fields = JSON.stringify({
		to: 'ben@yunhe.example',
		template_id: 'E_100000000002',
		data: { order: 12 },
	});
	const run = await send(
		sandbox.current,
		{ path: '/index/api/send_email', fields },
		{ operation: 'custom.request' },
	);
	expect(run.error).toBeUndefined();
	expect(stored()).toMatchObject([{ to: 'ben@yunhe.example', data: { order: 12 } }]);
});

describe('what is checked before anything is sent', () => {
	test.each([
		['two recipients', { to: 'a@x.example, b@x.example' }, 'To', 'has 2 addresses, and one is taken'],
		['a name', { to: 'Ana <ana@x.example>' }, 'To', 'which cannot be sent along'],
		['no address', { to: 'ana' }, 'To', 'not a mail address'],
		['a broken Reply To', { options: { replyTo: 'nobody' } }, 'Reply To', 'is not a mail address'],
		['no template', { templateId: '={{ $json.none }}' }, 'Template ID', 'is empty'],
		['broken JSON', { valuesFrom: 'json', valuesJson: '{' }, 'Values (JSON)', 'is not valid JSON'],
	])('%s', async (_, form, field, words) => {
		const { error, details } = await problem(sandbox.current, form);
		expect(error).toContain(words);
		expect(details).toMatchObject({ field, outcome: 'notSent' });
		expect(sandbox.current.requests.total).toBe(0);
	});

	test.each([
		['a type that is not taken', file('MZ', 'setup.exe'), 'a type that is not taken'],
		['a file that is too large', file(Buffer.alloc(1024 * 1024 + 1), 'big.pdf'), '1 MB is taken'],
	])('%s', async (_, data, words) => {
		const form = { options: { attachment: 'data' } };
		const { error, details } = await problem(sandbox.current, form, { items: [{ binary: { data } }] });
		expect(error).toContain(words);
		expect(details).toMatchObject({ field: 'Attachment', outcome: 'notSent' });
		expect(sandbox.current.requests.total).toBe(0);
	});

	test('two files', async () => {
		const binary = { one: file('%PDF', 'one.pdf'), two: file('%PDF', 'two.pdf') };
		const form = { options: { attachment: 'one, two' } };
		const { error } = await problem(sandbox.current, form, { items: [{ binary }] });
		expect(error).toContain('names 2 files, and one is taken');
	});

	test.each([
		['a template of 蜂邮', {}, { service: 'fengEmail' }, '蜂邮 does not send by template'],
		[
			'words of AokSend',
			{ subject: 'Hi', html: '<p>Hi</p>' },
			{ operation: 'email.send' },
			'AokSend sends by template only',
		],
		[
			'the balance of AotSend',
			{},
			{ service: 'aotSend', operation: 'account.getBalance' },
			'AotSend tells no balance',
		],
		[
			'a file for AotSend',
			{ options: { attachment: 'data' } },
			{ service: 'aotSend', items: [{ binary: { data: file('%PDF', 'a.pdf') } }] },
			'AotSend takes no attachments',
		],
	] as const)('%s', async (_, form, more, words) => {
		const { error, details } = await problem(sandbox.current, form, more as never);
		expect(error).toContain(words);
		expect(details.remedy).toMatch(/credential of/);
		expect(sandbox.current.requests.total).toBe(0);
	});
});
