import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import workflow from '../../workflows/out-of-office-from-hr.json';
import { Engine, type WorkflowFile } from '../../scripts/engine';
import { credentialFor, useSandbox } from '../support/services';

const file = workflow as unknown as WorkflowFile;
const sandbox = useSandbox();
const ANNA = 'anna@contoso.example';
const BEN = 'ben@contoso.example';
const service = () => sandbox.current.outlook;
const replyOf = (address: string) =>
	service().mailbox(address).settings.automaticRepliesSetting as Record<string, unknown>;
const setReply = (address: string, setting: object) =>
	Object.assign(service().mailbox(address).settings, { automaticRepliesSetting: setting });

beforeEach(() => {
	service().directory.put('hr', {
		userPrincipalName: 'hr@contoso.example',
		displayName: 'HR',
		mail: 'hr@contoso.example',
	});
});

async function morning(...rows: string[]) {
	const list = join(process.env.N8N_USER_FOLDER!, 'absences.csv');
	writeFileSync(list, ['Email,From,Until,Deputy,Status', ...rows].join('\n'));
	const engine = new Engine();
	engine.addCredential(
		'Outlook App',
		credentialFor(sandbox.current, 'mailOpsOutlookAppOAuth2Api').mailOpsOutlookAppOAuth2Api,
	);
	const items = [{ json: { listFile: list, today: '2026-12-10' } }];
	sandbox.current.requests.clear();
	const run = await engine.run(file, { start: 'Try It Now', items });
	if (run.error) throw run.error;
	return run;
}

test('who is away or will be gets a reply for these days; who has been, and the rest, nothing', async () => {
	const run = await morning(
		`${ANNA},2026-12-10,2026-12-18,Ben Ruiz,approved`,
		`${BEN},2026-11-01,2026-12-09,,approved`,
	);
	expect(replyOf(ANNA)).toMatchObject({
		status: 'scheduled',
		scheduledStartDateTime: { dateTime: '2026-12-10T00:00:00', timeZone: 'Europe/Berlin' },
		scheduledEndDateTime: { dateTime: '2026-12-19T00:00:00', timeZone: 'Europe/Berlin' },
		internalReplyMessage: 'I am away until 2026-12-18. Please turn to Ben Ruiz.',
	});
	expect(replyOf(BEN)).toMatchObject({ status: 'disabled' });
	expect(run.items('Done')).toHaveLength(1);
	expect(service().post.sent).toEqual([]);
});

test('the next morning nothing is written again; a cancelled absence is switched off', async () => {
	await morning(`${ANNA},2026-12-10,2026-12-18,,approved`);
	const again = await morning(`${ANNA},2026-12-10,2026-12-18,,approved`);
	expect(again.items('Left Alone')).toHaveLength(1);
	expect(again.items('Done')).toEqual([]);
	await morning(`${ANNA},2026-12-10,2026-12-18,,Cancelled`);
	expect(replyOf(ANNA)).toMatchObject({ status: 'disabled' });
});

test('of several absences the next counts, and one that was cancelled does not undo it', async () => {
	await morning(
		`${ANNA},2026-12-01,2026-12-31,,cancelled`,
		`${ANNA},2027-02-01,2027-02-05,,approved`,
		`${ANNA},2026-12-12,2026-12-13,,approved`,
	);
	expect(replyOf(ANNA)).toMatchObject({ scheduledStartDateTime: { dateTime: '2026-12-12T00:00:00' } });
});

test('own words stay, and so does what was set for other days', async () => {
	setReply(ANNA, { status: 'alwaysEnabled', internalReplyMessage: 'Mine' });
	const other = {
		status: 'scheduled',
		scheduledStartDateTime: { dateTime: '2026-12-24T00:00:00.0000000', timeZone: 'UTC' },
		scheduledEndDateTime: { dateTime: '2026-12-27T00:00:00.0000000', timeZone: 'UTC' },
	};
	setReply(BEN, other);
	await morning(`${ANNA},2026-12-10,2026-12-18,,approved`, `${BEN},2026-12-10,2026-12-18,,cancelled`);
	expect(replyOf(ANNA)).toMatchObject({ status: 'alwaysEnabled', internalReplyMessage: 'Mine' });
	expect(replyOf(BEN)).toMatchObject(other);
});

test('what cannot be done is told to HR in one mail, each with its reason; the rest is done', async () => {
	await morning(
		`${ANNA},2026-12-10,2026-12-18,,approved`,
		`gone@contoso.example,2026-12-10,2026-12-18,,approved`,
		`${BEN},10.12.2026,18.12.2026,,approved`,
		`${BEN},2026-12-18,2026-12-10,,approved`,
		`,2026-12-10,2026-12-18,,approved`,
	);
	expect(replyOf(ANNA)).toMatchObject({ status: 'scheduled' });
	const [told, ...more] = service().post.sent;
	expect(more).toEqual([]);
	expect(told).toMatchObject({
		to: ['hr@contoso.example'],
		props: { subject: 'Automatic replies: 4 could not be set' },
	});
	const words = JSON.stringify(told!.props.body);
	for (const said of [
		'gone@contoso.example: There is no user',
		`${BEN}: The row`,
		'A row without an address: ',
	])
		expect(words).toContain(said);
});
