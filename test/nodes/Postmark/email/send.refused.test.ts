import { useSandbox } from '../../../support/services';
import { file, refusalOf, requestsSent, sendOne } from './sendForm';

const sandbox = useSandbox();

const MB = 1024 * 1024;
const addresses = (count: number) =>
	Array.from({ length: count }, (_, i) => `person${i}@yunhe.example`).join(', ');
const metadata = (...entries: Array<[string, string]>) => ({
	metadata: { entry: entries.map(([name, value]) => ({ name, value })) },
});
const header = (name: string, value = 'x') => ({ headers: { header: [{ name, value }] } });

describe('refused by Postmark', () => {
	test.each([
		{
			what: 'an unknown sender',
			form: { from: 'me@elsewhere.example' },
			code: '400',
			error: 'Postmark does not know the sender address',
			remedy: 'Sender Signatures',
			field: 'From',
		},
		{
			what: 'a sender that is not confirmed',
			form: { from: 'unconfirmed@example.org' },
			code: '401',
			error: 'The sender address is not confirmed yet',
			remedy: 'Click the link in the confirmation email',
			field: 'From',
		},
		{
			what: 'a stream that does not exist',
			form: { options: { messageStream: 'newsletter' } },
			code: '1235',
			error: 'The server has no such message stream',
			remedy: 'Choose a stream from the list',
			field: 'Message Stream',
		},
		{
			what: 'an inbound stream',
			form: { options: { messageStream: 'inbound' } },
			code: '1236',
			error: 'This message stream cannot send email',
			remedy: 'inbound streams only receive',
			field: 'Message Stream',
		},
	])('$what', async ({ form, code, error, remedy, field }) => {
		const problem = await refusalOf(sandbox.current, form);
		expect(problem.error).toBe(error);
		expect(problem.details).toMatchObject({ service: 'Postmark', code, field, outcome: 'refused' });
		expect(problem.details.remedy).toContain(remedy);
		expect(problem.description).toContain('Postmark said: “');
		expect(problem.description).toContain(`(code ${code})`);
		expect(sandbox.current.postmark.messages).toEqual([]);
	});

	test('a recipient outside, while the account is still reviewed', async () => {
		sandbox.current.postmark.settings.accountPending = true;
		const problem = await refusalOf(sandbox.current, { to: 'customer@example.org' });
		expect(problem).toMatchObject({
			error: 'The Postmark account is still being reviewed',
			details: { code: '412', remedy: expect.stringContaining('the sender’s own domain') },
		});
	});

	test('an attachment of a type that mail programs block', async () => {
		const binary = { data: file('MZ', 'setup.exe', 'application/x-msdownload') };
		const problem = await refusalOf(sandbox.current, { options: { attachments: 'data' } }, { binary });
		expect(problem).toMatchObject({
			error: 'Postmark does not accept this type of attachment',
			details: { code: '411', said: expect.stringContaining('setup.exe'), field: 'Attachments' },
		});
	});

	test('all inactive recipients are named', async () => {
		sandbox.current.postmark.bounce({ email: 'a.b@example.org' });
		sandbox.current.postmark.bounce({ email: 'c@example.org' });
		const { error } = await refusalOf(sandbox.current, { to: 'a.b@example.org, c@example.org' });
		expect(error).toBe('Postmark no longer delivers to a.b@example.org, c@example.org');
	});

	test('a code that is not in the table comes with Postmark’s own words, not as markup', async () => {
		const message = 'Some <img src=x onerror=alert(1)> new rule.';
		sandbox.current.faults.add({
			service: 'postmark',
			kind: 'partial',
			indexes: [0],
			errorCode: 9999,
			message,
			times: 2,
		});
		const problem = await refusalOf(sandbox.current, {});
		expect(problem.error).toBe('Postmark refused the request');
		expect(problem.details).toMatchObject({ code: '9999', said: message });
		expect(problem.description).toContain('new rule.');
		expect(problem.description).not.toContain('<img');
	});
});

describe('refused before anything is sent', () => {
	test.each([
		['no To', { to: '={{ $json.mail }}' }, 'To', "'To' is empty"],
		[
			'a list instead of a text',
			{ subject: '={{ [1, 2] }}' },
			'Subject',
			"'Subject' holds a list or an object",
		],
		['no body', { html: '', text: ' ' }, 'HTML Body', "'HTML Body' and 'Text Body' are both empty"],
		[
			'two senders',
			{ from: 'a@yunhe.example, b@yunhe.example' },
			'From',
			"'From' must be exactly one address",
		],
		[
			'a sender with a line break to smuggle a header in',
			{ from: 'people@yunhe.example\r\nBcc: spy@evil.example' },
			'From',
			"'From'",
		],
		['a bad address in CC', { options: { cc: 'ana@, b@yunhe.example' } }, 'CC', "'CC' has an entry"],
		['a bad address in Reply To', { options: { replyTo: 'nobody' } }, 'Reply To', '“nobody”'],
		['51 recipients', { to: addresses(49), options: { cc: 'x@a.example', bcc: 'y@a.example' } }, 'To', '50'],
		['a tag of 1,001 letters', { options: { tag: 'x'.repeat(1_001) } }, 'Tag', '1000'],
		[
			'11 metadata entries',
			{ options: metadata(...Array.from({ length: 11 }, (_, i): [string, string] => [`k${i}`, 'v'])) },
			'Metadata',
			'takes 10',
		],
		[
			'a metadata name of 21 letters',
			{ options: metadata(['x'.repeat(21), 'v']) },
			'Metadata',
			'20 characters',
		],
		[
			'a metadata value of 81 letters',
			{ options: metadata(['order', 'v'.repeat(81)]) },
			'Metadata',
			'80 characters',
		],
		['a metadata name given twice', { options: metadata(['a', '1'], ['a', '2']) }, 'Metadata', '“a” twice'],
		['a header that has its own field', { options: header('bCc') }, 'Custom Headers', 'set by its own field'],
		[
			'a header name with a line break',
			{ options: header('X\r\nBcc') },
			'Custom Headers',
			'not a header name',
		],
		['a file that is not there', { options: { attachments: 'invoice' } }, 'Attachments', '“invoice”'],
		['an HTML body over 5 MB', { html: 'x'.repeat(5 * MB + 1) }, 'HTML Body', 'Postmark takes 5 MB'],
		['a text body over 5 MB', { text: '字'.repeat((5 * MB) / 3 + 1) }, 'Text Body', 'Postmark takes 5 MB'],
	])('%s', async (_, form, field, words) => {
		const problem = await refusalOf(sandbox.current, form);
		expect(problem.error).toContain(words);
		expect(problem.details).toMatchObject({ item: 0, field, outcome: 'notSent', remedy: expect.any(String) });
		expect(requestsSent(sandbox.current)).toBe(0);
	});

	test('files that make the email larger than 10 MB on its way, where bytes grow by a third', async () => {
		const half = file(Buffer.alloc(3.9 * MB), 'plan.pdf', 'application/pdf');
		const problem = await refusalOf(
			sandbox.current,
			{ options: { attachments: 'a', inlineImages: 'b' } },
			{ binary: { a: half, b: half } },
		);
		expect(problem.error).toContain('Postmark takes 10 MB');
		expect(problem.details).toMatchObject({ field: 'Attachments', outcome: 'notSent' });
		expect(requestsSent(sandbox.current)).toBe(0);
	});
});

test('exactly at the limits an email is sent', async () => {
	const form = {
		to: addresses(48),
		html: 'x'.repeat(5 * MB),
		text: 'y',
		options: {
			cc: 'x@a.example',
			bcc: 'y@a.example',
			tag: 'x'.repeat(1_000),
			attachments: 'data',
			...metadata(
				...Array.from({ length: 10 }, (_, i): [string, string] => [`${i}`.padEnd(20), 'v'.repeat(80)]),
			),
		},
	};
	const binary = { data: file(Buffer.alloc(((5 * MB - 4) / 4) * 3), 'plan.pdf', 'application/pdf') };
	const { stored } = await sendOne(sandbox.current, form, { binary });
	expect(stored.size).toBeGreaterThan(10 * MB - 10);
});
