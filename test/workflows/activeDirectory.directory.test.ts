import type { IDataObject } from 'n8n-workflow';
import adToMailbox from '../../workflows/ad-to-mailbox-sync.json';
import passwordCheck from '../../workflows/unified-password-check.json';
import { Directory } from '../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../nodes/ActiveDirectory/settings';
import { Engine, type WorkflowFile } from '../../scripts/engine';
import { applying } from '../../scripts/hrWorkflow';
import { adCredential, BASE } from '../support/directory';
import { addPerson, ownUnit, PASSWORD, setOn } from '../support/directory/people';
import { alimailCredential, postmarkCredential, useSandbox } from '../support/services';
import { PublishedWorkflow } from './webhooks';

const sandbox = useSandbox();
let admin: Directory;

beforeAll(() => (admin = new Directory(readSettings(adCredential()))));
afterAll(async () => await admin.close());

describe('Active Directory to mailboxes', () => {
	const PEOPLE = 1_000;
	let unit: string;
	let dns: string[];

	beforeAll(async () => {
		unit = await ownUnit(admin);
		const numbers = Array.from({ length: PEOPLE }, (_, i) => i);
		dns = await Promise.all(
			numbers.map(
				async (i) =>
					await addPerson(admin, unit, `n${i}`, {
						displayName: [i % 3 === 0 ? `王 ${i}` : `Person, ${i}`],
						mail: [`n${i}@yunhe.example`],
						employeeID: [`E${10_000 + i}`],
						department: [`D${i % 7}`],
						// Enabled without a password: hashing a thousand would take the longest time of this suite.
						userAccountControl: ['544'],
						unicodePwd: [],
					}),
			),
		);
	});
	beforeEach(() => void (sandbox.current.alimail.settings.requestsPerSecond = 100_000));

	async function night(peopleBelow = unit, firstLoad = 0) {
		const file = applying(adToMailbox as unknown as WorkflowFile, firstLoad);
		const engine = new Engine();
		engine.addCredential('Active Directory', adCredential());
		engine.addCredential('Alimail', alimailCredential(sandbox.current).mailOpsAlimailApi);
		engine.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
		return await engine.run(file, {
			start: 'Try It Now',
			items: [{ json: { peopleBelow } }],
		});
	}
	const mailboxes = () => sandbox.current.alimail.users();
	const statusOf = (login: string) =>
		mailboxes().find(({ email }) => email === `${login}@yunhe.example`)?.status;

	test('1,000 people get mailboxes; who is disabled is frozen in the next night; a typo harms nobody', async () => {
		const first = await night(unit, PEOPLE);
		expect(first.error).toBeUndefined();
		expect(mailboxes()).toHaveLength(PEOPLE);
		expect(mailboxes().find(({ email }) => email === 'n3@yunhe.example')).toMatchObject({
			name: '王 3',
			employeeNo: 'E10003',
		});

		await setOn(admin, dns[5]!, { userAccountControl: ['546'] });
		await setOn(admin, dns[6]!, { title: ['Lead'] });
		sandbox.current.requests.clear();
		const second = await night();
		expect(second.error).toBeUndefined();
		expect([statusOf('n5'), statusOf('n6')]).toEqual(['FREEZE', 'NORMAL']);
		expect(sandbox.current.requests.count({ service: 'alimail', method: 'PATCH' })).toBe(2);

		const typo = await night(`OU=Nowhere,${BASE}`);
		expect(typo.error?.message).toMatch(/no such entry/);
		const empty = await ownUnit(admin);
		const none = await night(empty);
		expect(none.error).toBeUndefined();
		expect(mailboxes().filter(({ status }) => status === 'FREEZE')).toHaveLength(1);
		expect(sandbox.current.postmark.messages.at(-1)!.subject).toMatch(/Nothing was changed/);
	}, 240_000);
});

describe('Unified password check', () => {
	let published: PublishedWorkflow;
	beforeAll(async () => {
		published = await PublishedWorkflow.of(passwordCheck as unknown as WorkflowFile);
		published.addCredential('Active Directory', adCredential());
		published.addCredential('Password Check', { name: 'X-Key', value: 'a-long-secret' });
	});
	afterAll(() => published.close());

	const ask = async (body: IDataObject, headers: Record<string, string> = { 'X-Key': 'a-long-secret' }) => {
		const answer = await fetch(published.url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
		return { status: answer.status, ...((await answer.json().catch(() => ({}))) as IDataObject) };
	};

	test('right, wrong, disabled and empty; strangers are not let in; too many tries are held back', async () => {
		const unit = await ownUnit(admin);
		await addPerson(admin, unit, 'wf-right');
		await addPerson(admin, unit, 'wf-off', { userAccountControl: ['514'] });
		expect(await ask({ user: 'wf-right', password: PASSWORD })).toMatchObject({
			status: 200,
			valid: true,
			user: { mail: 'wf-right@corp.test' },
		});
		expect(await ask({ user: 'wf-right', password: 'Wrong-Passw0rd' })).toMatchObject({
			valid: false,
			reason: 'wrong',
		});
		expect(await ask({ user: 'wf-off', password: PASSWORD })).toMatchObject({ reason: 'disabled' });
		expect(await ask({ user: 'wf-right', password: '' })).toMatchObject({ valid: false, reason: 'empty' });
		expect((await ask({ user: 'wf-right', password: PASSWORD }, {})).status).toBe(403);
		for (let i = 0; i < 5; i++) await ask({ user: 'WF-RIGHT', password: PASSWORD });
		expect(await ask({ user: 'wf-right', password: PASSWORD })).toMatchObject({
			valid: false,
			reason: 'tooMany',
		});
	});

	test('a directory that cannot be asked is no "wrong"', async () => {
		published.addCredential('Active Directory', adCredential({ servers: '127.0.0.1:1' }));
		expect(await ask({ user: 'wf-right', password: PASSWORD })).toMatchObject({
			status: 503,
			reason: 'unavailable',
		});
	}, 300_000);

	test('no execution of it is kept', () => {
		expect(passwordCheck.settings).toMatchObject({
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
			saveManualExecutions: false,
		});
	});
});
