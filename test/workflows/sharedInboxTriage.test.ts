import workflow from '../../workflows/shared-inbox-triage.json';
import { Engine, type WorkflowFile } from '../../scripts/engine';
import { PollHost } from '../support/pollHost';
import { credentialFor, useSandbox } from '../support/services';

const file = workflow as unknown as WorkflowFile;
const sandbox = useSandbox();
const SHARED = 'support@contoso.example';
const service = () => sandbox.current.outlook;
const mailbox = () => service().mailbox(SHARED);
const credential = () => credentialFor(sandbox.current, 'mailOpsOutlookOAuth2Api');
const categoriesOf = (subject: string) =>
	[...mailbox().messages.items.values()].find(({ props }) => props.subject === subject)?.props.categories;

let host: PollHost;
beforeEach(async () => {
	service().directory.put('accounting', {
		userPrincipalName: 'accounting@contoso.example',
		displayName: 'Accounting',
		mail: 'accounting@contoso.example',
	});
	const trigger = file.nodes.find(({ type }) => type.endsWith('outlookTrigger'))!;
	host = new PollHost({
		type: 'outlookTrigger',
		parameters: trigger.parameters,
		credentials: credential(),
	});
	expect(await host.poll('trigger')).toEqual([]);
});

/** What the workflow's own trigger finds, and what the rest makes of it. */
async function come(subjects: string[], meanwhile = () => {}) {
	for (const subject of subjects) service().receive(subject, 'guest@elsewhere.example', {}, SHARED);
	const items = await host.poll('trigger');
	expect(items).toHaveLength(subjects.length);
	meanwhile();
	const engine = new Engine();
	engine.addCredential('Outlook', credential().mailOpsOutlookOAuth2Api);
	const run = await engine.run(file, { start: 'New in the Shared Inbox', items, mode: 'trigger' });
	if (run.error) throw run.error;
	return run;
}

test('each message goes its way, in whatever language its subject is; nothing goes to a customer', async () => {
	const subjects = ['Your INVOICE 12', '发票 8', 'Where is my order?', 'Out of office: Re: hi', 'Hello'];
	const run = await come(subjects);
	expect(
		service()
			.post.sent.map(({ to, props }) => [to[0], props.subject])
			.sort(),
	).toEqual([
		['accounting@contoso.example', 'FW: Your INVOICE 12'],
		['accounting@contoso.example', 'FW: 发票 8'],
	]);
	const places = (folder: string) =>
		mailbox()
			.messages.in(folder)
			.map(({ props }) => props.subject)
			.sort();
	expect(places('archive')).toEqual(['Out of office: Re: hi', 'Your INVOICE 12', '发票 8']);
	expect(places('inbox')).toEqual(['Hello', 'Where is my order?']);
	expect(subjects.map(categoriesOf)).toEqual([['Invoice'], ['Invoice'], ['Order'], [], ['To Check']]);
	const [draft, ...more] = mailbox().messages.in('drafts');
	expect(more).toEqual([]);
	expect(draft!.props).toMatchObject({
		subject: 'RE: Where is my order?',
		toRecipients: [{ emailAddress: { address: 'guest@elsewhere.example' } }],
	});
	expect(JSON.stringify(draft!.props.body)).toContain('Hello guest,');
	const { Sorted: ends = [] } = run.raw.data.resultData.runData;
	expect(ends.flatMap(({ data }) => data?.main?.[0] ?? [])).toHaveLength(5);
	expect(run.items('Tell the Team')).toEqual([]);
});

test('what is sorted already is not sorted again', async () => {
	await come(['Hello']);
	expect(await host.poll('trigger')).toEqual([]);
});

test('what could not be done is told to the team, with reason and remedy; the rest is sorted', async () => {
	await come(['Invoice 1', 'Hello'], () => {
		const { messages } = mailbox();
		messages.remove(messages.in('inbox').find(({ props }) => props.subject === 'Invoice 1')!);
	});
	const [told, ...more] = service().post.sent;
	expect(more).toEqual([]);
	expect(told).toMatchObject({ to: ['anna@contoso.example'], props: { subject: 'Not sorted: Invoice 1' } });
	expect(JSON.stringify(told!.props.body)).toMatch(
		/What was asked for is not there.*It may have been deleted/,
	);
	expect(categoriesOf('Hello')).toEqual(['To Check']);
});
