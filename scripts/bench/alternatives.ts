import type { INodeParameters } from 'n8n-workflow';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { FROM, personal, recipients } from './mails';
import { people, type Person } from './people';
import { sendByNode } from './postmark';
import { engineFor, runNode } from './run';
import type { RemoteSandbox } from './sandbox';
import { sync } from './sync';
import type { Row } from './table';

const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';
const SEND_EMAIL = 'n8n-nodes-base.emailSend';

/** What else in n8n sends mail, over the same personal mails: what a user would take without this pack. */
export async function otherSenders(sandbox: RemoteSandbox, count: number): Promise<Row[]> {
	const what = `${count.toLocaleString('en')} personal emails`;
	let ours = Infinity;
	for (let i = 0; i < 3; i++) {
		await sandbox.reset();
		ours = Math.min(ours, await sendByNode(sandbox, personal, count));
	}
	const versus = (name: string, { seconds, failed }: Taken): Row => ({
		what: `${what}: time against n8n’s ${name}`,
		ours: `${ours.toFixed(2)} s`,
		peer: `${seconds.toFixed(1)} s${failed === 0 ? '' : `, ${failed.toLocaleString('en')} failed`}`,
		ratio: `${(seconds / ours).toFixed(0)} × faster`,
	});
	return [
		versus('HTTP Request node, all calls at once (its default)', await byHttpRequest(sandbox, count)),
		versus(
			'HTTP Request node, batched as n8n proposes (50 a second)',
			await byHttpRequest(sandbox, count, PROPOSED),
		),
		versus(
			`Send Email node, over SMTP (${SMTP_MAILS} measured)`,
			scaled(await bySmtp(sandbox, SMTP_MAILS), count),
		),
	];
}

/** Its mails go out one after another, each over a connection of its own: a part tells how long all would take. */
const SMTP_MAILS = 300;
/** The server we measure with waits so long, in seconds, before it greets each connection. Real ones differ: left out. */
const SMTP_GREETING = 0.1;

interface Taken {
	seconds: number;
	failed: number;
}

const scaled = ({ seconds, failed }: Taken, count: number): Taken => ({
	seconds: ((seconds - SMTP_MAILS * SMTP_GREETING) / SMTP_MAILS) * count,
	failed,
});

/** The values that the node's option "Batching" comes with. */
const PROPOSED = { batchSize: 50, batchInterval: 1_000 };

/** The node starts all calls at once, or as many as its batching says. */
async function byHttpRequest(sandbox: RemoteSandbox, count: number, batch?: typeof PROPOSED): Promise<Taken> {
	await sandbox.reset();
	const form = personal.form as Record<'subject' | 'html' | 'text', string>;
	const field = (name: keyof typeof form) => JSON.stringify(form[name].slice(1));
	return await taken(sandbox, HTTP_REQUEST, count, {
		method: 'POST',
		url: `${sandbox.url}/postmark/email`,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'X-Postmark-Server-Token', value: 'sandbox-server-token' }] },
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={"From":"${FROM}","To":"{{ $json.to }}","Subject":${field('subject')},"HtmlBody":${field('html')},"TextBody":${field('text')}}`,
		options: batch === undefined ? {} : { batching: { batch } },
	});
}

async function bySmtp(sandbox: RemoteSandbox, count: number): Promise<Taken> {
	const sink = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'smtpSink.ts')], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	try {
		const [port] = (await once(sink.stdout, 'data')) as [Buffer];
		const { subject, html, text } = personal.form;
		return await taken(
			sandbox,
			SEND_EMAIL,
			count,
			{
				fromEmail: FROM,
				toEmail: '={{ $json.to }}',
				subject,
				emailFormat: 'both',
				html,
				text,
				options: { appendAttribution: false },
			} as INodeParameters,
			{ host: '127.0.0.1', port: Number(port), secure: false, disableStartTls: true, user: '', password: '' },
		);
	} finally {
		sink.kill('SIGTERM');
	}
}

async function taken(
	sandbox: RemoteSandbox,
	type: string,
	count: number,
	parameters: INodeParameters,
	smtp?: Record<string, string | number | boolean>,
): Promise<Taken> {
	const engine = engineFor(sandbox);
	if (smtp) engine.addCredential('smtp', smtp);
	const { seconds, run } = await runNode(
		engine,
		type,
		parameters,
		recipients(count),
		smtp ? { smtp: { id: 'smtp', name: 'smtp' } } : {},
		{ onError: 'continueRegularOutput' },
	);
	return { seconds, failed: run.json('Node').filter(({ error }) => error !== undefined).length };
}

/**
 * The nights after the first of a company of `count`: our sync against one "create user" call for each row, 40 in a
 * second as the service allows, which is what a workflow without a sync can do.
 */
export async function otherSync(sandbox: RemoteSandbox, count: number): Promise<Row[]> {
	const staff = people(count);
	await sandbox.reset({ alimail: { requestsPerSecond: 100_000 } });
	await sandbox.post('seed', { alimail: { users: staff } });
	await sandbox.post('settings', { alimail: { requestsPerSecond: 40 } });
	const before = await made(sandbox);
	const ours = await sync(sandbox, staff);
	const requests = (await made(sandbox)) - before;
	const theirs = await createEach(sandbox, staff);
	return [
		{
			what: `Second night of ${count.toLocaleString('en')} users, nothing changed: time against one “create user” call for each (HTTP Request node)`,
			ours: `${ours.seconds.toFixed(1)} s`,
			peer: `${theirs.seconds.toFixed(1)} s`,
			ratio: `${(theirs.seconds / ours.seconds).toFixed(0)} × faster`,
		},
		{
			what: `Second night of ${count.toLocaleString('en')} users, nothing changed: requests, of which refused`,
			ours: `${requests}, 0`,
			peer: `${count}, ${theirs.failed}`,
		},
	];
}

async function createEach(sandbox: RemoteSandbox, staff: Person[]): Promise<Taken> {
	const { access_token } = (await (
		await fetch(`${sandbox.url}/alimail/oauth2/v2.0/token`, {
			method: 'POST',
			body: new URLSearchParams({
				grant_type: 'client_credentials',
				client_id: 'sandbox-app',
				client_secret: 'sandbox-secret',
			}),
		})
	).json()) as { access_token: string };
	const { seconds, run } = await runNode(
		engineFor(sandbox),
		HTTP_REQUEST,
		{
			method: 'POST',
			url: `${sandbox.url}/alimail/v2/users`,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${access_token}` }] },
			sendBody: true,
			specifyBody: 'json',
			jsonBody:
				'={"email":"{{ $json.email }}","name":"{{ $json.name }}","employeeNo":"{{ $json.employeeNo }}","password":"Aa1!aaaaaaaa","departmentIds":["$root"]}',
			options: { batching: { batch: { batchSize: 40, batchInterval: 1_000 } } },
		},
		staff,
		{},
		{ onError: 'continueRegularOutput' },
	);
	return { seconds, failed: run.json('Node').filter(({ error }) => error !== undefined).length };
}

const made = async (sandbox: RemoteSandbox): Promise<number> =>
	(await sandbox.requests('alimail')).reduce((sum, { count }) => sum + count, 0);
