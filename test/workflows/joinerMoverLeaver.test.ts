import type { IDataObject } from 'n8n-workflow';
import workflow from '../../workflows/joiner-mover-leaver.json';
import { forgetClaims } from '../../core/batch/inFlight';
import { Engine, type WorkflowFile } from '../../scripts/engine';
import { alimailCredential, credentialFor, postmarkCredential, useSandbox } from '../support/services';

const file = workflow as unknown as WorkflowFile;
const sandbox = useSandbox();
const TRIGGER = 'Somebody Joins, Moves or Leaves';
const ANA = 'ana@yunhe.example';
const IT = 'it-helpdesk@yunhe.example';

beforeEach(() => {
	forgetClaims();
	sandbox.current.alimail.settings.requestsPerSecond = 10_000;
});

/** As the trigger tells of it. */
const happened = (event: string, user: object = {}, more: object = {}) => ({
	event,
	id: '7c2a1d0e-3b5f-4f0e-9a36-0d4c1f2e3b4a',
	...more,
	user: {
		dn: 'CN=Ana,OU=Staff,DC=corp,DC=test',
		enabled: true,
		displayName: 'Ana Bauer',
		mail: ANA,
		employeeID: 'E7',
		department: 'R&D/Platform',
		title: 'Engineer',
		telephoneNumber: null,
		...user,
	},
});

async function start(...events: object[]) {
	const engine = new Engine();
	const add = (name: string, credentials: Record<string, object>) =>
		engine.addCredential(name, Object.values(credentials)[0] as never);
	add('Alimail', alimailCredential(sandbox.current));
	add('Postmark', postmarkCredential(sandbox.current));
	add('Mailchimp', credentialFor(sandbox.current, 'mailOpsMailchimpApi'));
	const items = events.map((event) => ({ json: event as IDataObject }));
	const run = await engine.run(file, { start: TRIGGER, items, mode: 'trigger' });
	if (run.error) throw run.error;
	return run;
}

const mailbox = () => sandbox.current.alimail.user(ANA);
const mailsTo = (address: string) =>
	sandbox.current.postmark.messages
		.filter(({ to }) => to[0]!.Email === address)
		.map(({ subject }) => subject);
const contact = () => sandbox.current.mailchimp.audience.find(ANA);

test('who joins gets a mailbox, a welcome, and a place in the audience; IT gets the first password', async () => {
	await start(happened('userCreated'));
	expect(mailbox()).toMatchObject({
		name: 'Ana Bauer',
		employeeNo: 'E7',
		jobTitle: 'Engineer',
		status: 'NORMAL',
	});
	expect(sandbox.current.alimail.pathsOf(mailbox()!)).toEqual(['R&D/Platform']);
	expect(mailsTo(ANA)).toEqual(['Welcome']);
	expect(mailsTo(IT)).toEqual([`First password of ${ANA}`]);
	expect(contact()?.status).toBe('subscribed');
});

test('told twice, nobody is welcomed twice', async () => {
	await start(happened('userCreated'));
	await start(happened('userCreated'));
	expect(mailsTo(ANA)).toEqual(['Welcome']);
	expect(sandbox.current.alimail.users()).toHaveLength(1);
});

test('who moves is moved, and a title that is gone is cleared', async () => {
	await start(happened('userCreated'));
	await start(happened('userChanged', { department: 'Sales', title: null, displayName: 'Ana Meier' }));
	expect(mailbox()).toMatchObject({ name: 'Ana Meier' });
	expect(mailbox()!.jobTitle ?? '').toBe('');
	expect(sandbox.current.alimail.pathsOf(mailbox()!)).toEqual(['Sales']);
});

test.each([
	['userDisabled', { enabled: false }, {}],
	['userDeleted', {}, {}],
	['userMoved', {}, { isInside: false, from: 'OU=Staff', to: 'OU=Leavers' }],
])(
	'who leaves (%s) is frozen and written to no more; who comes back is opened again',
	async (event, user, more) => {
		await start(happened('userCreated'));
		await start(happened(event, user, more));
		expect(mailbox()?.status).toBe('FREEZE');
		expect(contact()?.status).toBe('archived');
		const suppressed = () =>
			sandbox.current.requests.count({ service: 'postmark', method: 'POST', path: /suppressions$/ });
		expect(suppressed()).toBe(1);
		await start(happened('userEnabled'));
		expect(mailbox()?.status).toBe('NORMAL');
		expect(mailsTo(ANA)).toEqual(['Welcome']);
		expect(
			sandbox.current.requests.count({ service: 'postmark', method: 'POST', path: /suppressions\/delete$/ }),
		).toBe(1);
	},
);

test('who never had a mailbox leaves without a word; accounts without a number or an address are nobody', async () => {
	await start(
		happened('userDisabled', { enabled: false }),
		happened('userCreated', { mail: null }),
		happened('userCreated', { employeeID: null, mail: 'service@yunhe.example' }),
		happened('userCreated', { enabled: false, mail: 'later@yunhe.example' }),
		{ event: 'unitMoved', id: '1', from: 'OU=A', to: 'OU=B' },
	);
	expect(sandbox.current.alimail.users()).toEqual([]);
	expect(mailsTo(IT)).toEqual([]);
});

test('what was not done is told to IT, with what to do', async () => {
	await start(happened('userCreated', { mail: 'ana@elsewhere.example' }));
	const [subject] = mailsTo(IT);
	expect(subject).toContain('Not done for ana@elsewhere.example');
	expect(sandbox.current.postmark.messages[0]!.text).toContain('userCreated: ');
});
