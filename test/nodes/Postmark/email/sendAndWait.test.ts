import { WAIT_INDEFINITELY, type INode } from 'n8n-workflow';
import { forgetClaims } from '../../../../core/batch/inFlight';
import { patience } from '../../../../core/batch/idempotency';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { outputOf, Waiting } from '../../../support/waiting';
import { postmarkNode } from '../template/templates';
import { ERROR_OUTPUT } from './sendForm';

const sandbox = useSandbox();
const { pausesMs } = patience;
beforeEach(() => {
	forgetClaims();
	patience.pausesMs = [5, 10];
});
afterAll(() => void (patience.pausesMs = pausesMs));

const asking = (form: Record<string, unknown> = {}, settings: Partial<INode> = {}) =>
	postmarkNode(
		sandbox.current,
		{
			resource: 'email',
			operation: 'sendAndWait',
			from: 'people@yunhe.example',
			to: 'boss@yunhe.example',
			subject: 'Pay <invoice> 7?',
			message: 'To: Ana & Co\n1,000 EUR',
			...form,
		},
		settings,
	);
const BOTH = { approvalOptions: { values: { approvalType: 'double', disapproveLabel: 'No way' } } };
const TEXT = { responseType: 'freeText' };
const formOf = (values: object[]) => ({ responseType: 'customForm', formFields: { values } });
const choices = (...options: string[]) => ({
	fieldOptions: { values: options.map((option) => ({ option })) },
});
const FORM = formOf([
	{ fieldLabel: 'How many <b>?', fieldType: 'number', requiredField: true },
	{ fieldLabel: 'When', fieldType: 'dropdown', requiredField: true, ...choices('Now', 'Later') },
	{ fieldLabel: 'Which', fieldType: 'checkbox', ...choices('A & B', 'C') },
	{ fieldLabel: 'Who to tell', fieldType: 'email' },
	{ fieldLabel: 'From', fieldType: 'date' },
	{ fieldLabel: 'Note', fieldType: 'textarea' },
	{ fieldLabel: 'Sure', fieldType: 'radio', requiredField: true, ...choices('Yes', 'No') },
]);
const mails = () => sandbox.current.postmark.messages;
const links = () =>
	[...mails()[0]!.html!.matchAll(/href="([^"]+)"[^>]*>([^<]+)</g)].map(([, url, label]) => ({
		label,
		url: url!.replace(/&#38;/g, '&'),
	}));

/** Asks, and gives what waits then. */
async function ask(form: Record<string, unknown> = {}, items: object[] = [{ invoice: 7 }]) {
	const node = asking(form);
	const run = await runNode(node, items as never, { executionId: 'waiting-1' });
	if (run.error) throw run.error;
	return { run, waiting: new Waiting(node, run.raw) };
}

describe('asking', () => {
	test('one email with signed links, in HTML and in text, and the execution waits', async () => {
		const { run } = await ask(BOTH);
		expect(run.raw.waitTill).toEqual(WAIT_INDEFINITELY);
		expect(mails()).toHaveLength(1);
		const { html, text, subject, to } = mails()[0]!;
		expect([subject, to[0]!.Email]).toEqual(['Pay <invoice> 7?', 'boss@yunhe.example']);
		expect(html).toContain('To: Ana &#38; Co<br>1,000 EUR');
		expect(links().map(({ label }) => label)).toEqual(['No way', 'Approve']);
		for (const { label, url } of links()) {
			expect(url).toMatch(
				/^http:\/\/n8n\.test\/webhook-waiting\/waiting-1\/node-1\?approved=(true|false)&signature=\w+$/,
			);
			expect(text).toContain(`${label}: ${url}`);
		}
	});

	test.each([
		[{ limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'hours' }, 2 * 3_600_000],
		[{ limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'days' }, 24 * 3_600_000],
	])('no longer than %j', async (values, ms) => {
		const before = Date.now();
		const { run } = await ask({ options: { limitWaitTime: { values } } });
		expect(run.raw.waitTill!.getTime()).toBeGreaterThanOrEqual(before + ms);
		expect(run.raw.waitTill!.getTime()).toBeLessThanOrEqual(Date.now() + ms);
	});

	test('until a date', async () => {
		const values = { limitType: 'atSpecifiedTime', maxDateAndTime: '2099-01-02T10:00:00Z' };
		const { run } = await ask({ options: { limitWaitTime: { values } } });
		expect(run.raw.waitTill).toEqual(new Date('2099-01-02T10:00:00Z'));
	});

	test('several items with one question are one email', async () => {
		await ask({}, [{ a: 1 }, { a: 2 }]);
		expect(mails()).toHaveLength(1);
	});

	test('items that ask different things are refused before anything is sent', async () => {
		const node = asking({ message: '=Pay {{ $json.a }}?' }, ERROR_OUTPUT);
		const run = await runNode(node, [{ a: 1 }, { a: 2 }]);
		expect(run.raw.waitTill).toBeUndefined();
		expect(run.json(NODE, 1)[0]).toMatchObject({
			error: expect.stringContaining('The 2 items ask different things'),
			details: { outcome: 'notSent', remedy: expect.stringContaining("'Loop Over Items'") },
		});
		expect(mails()).toEqual([]);
	});

	test.each([
		['no message', { message: ' ' }, "'Message' is empty"],
		['an expression as plain text', { subject: 'Pay {{ $json.a }}?' }, 'as plain text'],
		['a form that asks nothing', { responseType: 'customForm' }, "'Form Elements' has no element"],
		[
			'a form with one label twice',
			formOf([{ fieldLabel: 'A' }, { fieldLabel: 'A' }]),
			"'Label' is used twice: “A”",
		],
		['an element without a label', formOf([{ fieldLabel: ' ' }]), "'Label' is empty"],
		[
			'a dropdown of nothing',
			formOf([{ fieldLabel: 'A', fieldType: 'dropdown' }]),
			"'Choices' of “A” is empty",
		],
		['nobody to ask', { to: 'boss' }, 'not a mail address'],
		[
			'a limit without a date',
			{ options: { limitWaitTime: { values: { limitType: 'atSpecifiedTime', maxDateAndTime: '' } } } },
			"'Max Date and Time' is empty",
		],
	])('%s stops it, and nothing waits', async (_, form, words) => {
		const run = await runNode(asking(form));
		expect(run.error!.message).toContain(words);
		expect(run.raw.waitTill).toBeUndefined();
		expect(mails()).toEqual([]);
	});

	test('an email that was refused is an error, and nothing waits', async () => {
		sandbox.current.postmark.bounce({ email: 'boss@yunhe.example' });
		const run = await runNode(asking({}, ERROR_OUTPUT));
		expect(run.json(NODE, 1)[0]!.error).toBe('Postmark no longer delivers to boss@yunhe.example');
		expect(run.raw.waitTill).toBeUndefined();
	});

	test.each(['resetBefore', 'resetAfter'] as const)(
		'an answer that gets lost (%s): asked once',
		async (kind) => {
			sandbox.current.faults.add({ service: 'postmark', kind, path: '/email/batch' });
			const { run } = await ask();
			expect(run.raw.waitTill).toEqual(WAIT_INDEFINITELY);
			expect(mails()).toHaveLength(1);
		},
	);

	test('the same execution again, as after a restart of n8n, does not ask twice', async () => {
		await ask();
		forgetClaims();
		const { run } = await ask();
		expect(run.raw.waitTill).toEqual(WAIT_INDEFINITELY);
		expect(mails()).toHaveLength(1);
	});
});

describe('answering', () => {
	test('following a link decides nothing, however often; the button of its page does', async () => {
		const { waiting } = await ask(BOTH);
		const yes = links()[1]!.url;
		for (let visits = 0; visits < 3; visits++) {
			const page = await waiting.open(yes);
			expect(page.run).toBeUndefined();
			expect(page.body).toContain('<form method="post"><button>Approve</button></form>');
			expect(page.body).toContain('<h1>Pay &#60;invoice&#62; 7?</h1>');
			expect(page.body).toContain('To: Ana &#38; Co\n1,000 EUR');
		}
		const answer = await waiting.open(yes, 'POST');
		expect(answer.body).toContain('Your answer was recorded');
		expect(outputOf(answer.run)).toEqual([{ data: { approved: true, respondedAt: expect.any(String) } }]);
		expect((await waiting.open(yes, 'POST')).body).toBe('No action required');
	});

	test('the other button says no', async () => {
		const { waiting } = await ask(BOTH);
		const no = links()[0]!.url;
		expect((await waiting.open(no)).body).toContain('<button>No way</button>');
		expect(outputOf((await waiting.open(no, 'POST')).run)).toEqual([
			{ data: { approved: false, respondedAt: expect.any(String) } },
		]);
	});

	test('a link that was changed is no key', async () => {
		const { waiting } = await ask(BOTH);
		const changed = links()[0]!.url.replace('approved=false', 'approved=true');
		expect(await waiting.open(changed, 'POST')).toMatchObject({ status: 401 });
	});

	test('an answer in words, and none that is empty', async () => {
		const { waiting } = await ask(TEXT);
		const [{ label, url }] = links() as [{ label: string; url: string }];
		expect(label).toBe('Respond');
		expect((await waiting.open(url)).body).toContain('<textarea id="text" name="text"');
		const empty = await waiting.open(url, 'POST', { text: '  ' });
		expect(empty.run).toBeUndefined();
		expect(empty.body).toContain('Please write an answer first.');
		const answer = await waiting.open(url, 'POST', { text: 'Yes, <b>but</b> later' });
		expect(outputOf(answer.run)).toEqual([
			{ data: { text: 'Yes, <b>but</b> later', respondedAt: expect.any(String) } },
		]);
	});

	test('a form of one’s own: checked again when it arrives, kept when something is wrong, answers by label', async () => {
		const { waiting } = await ask(FORM);
		const [{ label, url }] = links() as [{ label: string; url: string }];
		expect(label).toBe('Respond');
		const page = await waiting.open(url);
		expect(page.run).toBeUndefined();
		for (const part of [
			'<form method="post" enctype="multipart/form-data">',
			'<label>How many <b>? *<input type="number" name="field-0" value="" step="any" required></label>'.replace(
				'<b>',
				'&#60;b&#62;',
			),
			'<select name="field-1" required><option value=""></option><option>Now</option><option>Later</option></select>',
			'<input type="checkbox" name="field-2" value="A &#38; B">',
			'<input type="email" name="field-3" value="">',
			'<input type="date" name="field-4" value="">',
			'<textarea name="field-5" rows="5"></textarea>',
			'<input type="radio" name="field-6" value="Yes" required>',
		])
			expect(page.body).toContain(part);
		const wrong = await waiting.open(url, 'POST', {
			'field-0': 'seven',
			'field-1': 'Never',
			'field-2': ['A & B', 'C'],
			'field-3': 'me',
			'field-4': '2030-02-31',
			'field-5': '<script>',
		});
		expect(wrong.run).toBeUndefined();
		for (const part of [
			'How many &#60;b&#62;?: please enter a number.',
			'When: please choose from the list.',
			'Who to tell: please enter an email address.',
			'From: please enter a date, such as 2030-01-31.',
			'Sure: please answer this.',
			'value="C" checked',
			'>&#60;script&#62;</textarea>',
		])
			expect(wrong.body).toContain(part);
		const right = {
			'field-0': '7.5',
			'field-1': 'Later',
			'field-2': 'C',
			'field-4': '2030-01-31',
			'field-6': 'Yes',
		};
		const answer = await waiting.open(url, 'POST', right);
		expect(outputOf(answer.run)).toEqual([
			{
				data: {
					'How many <b>?': 7.5,
					When: 'Later',
					Which: ['C'],
					'Who to tell': null,
					From: '2030-01-31',
					Note: null,
					Sure: 'Yes',
					respondedAt: expect.any(String),
				},
			},
		]);
	});

	test('the pages run and load nothing, are not kept, and tell nobody their address', async () => {
		const { waiting } = await ask();
		for (const method of ['GET', 'POST'])
			expect((await waiting.open(links()[0]!.url, method)).headers).toMatchObject({
				'content-security-policy': expect.stringContaining("default-src 'none'"),
				'cache-control': 'no-store',
				'referrer-policy': 'no-referrer',
			});
	});
});
