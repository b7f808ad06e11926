import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';
import { OURS, signedIn } from './outlookSignIn';
import { runNode } from './run';
import type { RemoteSandbox } from './sandbox';
import type { Row } from './table';

const MB = 1024 * 1024;
/** As large as a mailbox takes it: 35 MB on the wire. */
const FILE_BYTES = 20 * MB;
const FILES = 10;
/** A mailbox takes 150 MB in five minutes. */
const SENDERS = ['anna@contoso.example', 'ben@contoso.example'];
const MOST_MB = 32;

/** Files of n8n's disk, sent by one run; the memory of this process is looked at every few milliseconds. */
export async function attaching(sandbox: RemoteSandbox): Promise<Row> {
	await sandbox.reset({ outlook: { messagesPerMinute: 100_000 } });
	const { engine, credentials } = await signedIn(sandbox);
	const form = {
		authentication: 'app',
		mailbox: '={{ $json.mailbox }}',
		resource: 'message',
		operation: 'send',
		to: 'guest@elsewhere.example',
		subject: 'Files',
		html: '<p>Files</p>',
		once: true,
	};
	const send = async (count: number, file: IBinaryData) => {
		const items = Array.from({ length: count }, (_, i) => ({ mailbox: SENDERS[i % SENDERS.length]! }));
		const parameters = { ...form, options: { attachments: 'data' } };
		return await runNode(engine, OURS, parameters, items, credentials, {}, { data: file });
	};
	// What loads at the first use is not what a file costs.
	await send(1, await onDisk(4 * MB));
	const file = await onDisk(FILE_BYTES);
	const used = () => {
		const { heapUsed, external } = process.memoryUsage();
		return (heapUsed + external) / MB;
	};
	// The file that was written to the disk is let go a little later.
	for (let i = 0; i < 3; i++) {
		await wait(100);
		globalThis.gc!();
	}
	const before = used();
	let peak = before;
	const timer = setInterval(() => {
		if (used() > peak) globalThis.gc!();
		peak = Math.max(peak, used());
	}, 5);
	const { seconds } = await send(FILES, file).finally(() => clearInterval(timer));
	const { left } = await sandbox.get<{ left: unknown[] }>('outlook/left');
	const grown = peak - before;
	return {
		what: `Outlook: ${(FILES * FILE_BYTES) / MB} MB of attachments sent (${FILES} files, ${seconds.toFixed(1)} s): memory grows by`,
		ours: `${grown.toFixed(1)} MB`,
		target: `under ${MOST_MB} MB`,
		ok: grown < MOST_MB && left.length === FILES + 1,
	};
}

async function onDisk(bytes: number): Promise<IBinaryData> {
	const disk = Container.get(BinaryDataService);
	await disk.init();
	const place = { type: 'execution', workflowId: 'bench', executionId: 'bench' } as const;
	return await disk.store(place, Buffer.alloc(bytes, 'x'), {
		data: '',
		fileName: 'report.bin',
		mimeType: 'application/octet-stream',
	});
}

const MAILBOXES = 20;
const MAILS = 2_000;
const PER_MINUTE = 30;

interface Left {
	left: Array<{ at: number; from: string }>;
	refused: number;
	late: number;
	bounced: number;
	throttled: number;
}

/** Personal mails put into the queues of many mailboxes; the sandbox's clock lets them go. */
export async function queueing(sandbox: RemoteSandbox): Promise<Row[]> {
	await sandbox.reset({});
	const addresses = Array.from({ length: MAILBOXES }, (_, i) => `box${i}@contoso.example`);
	const users = addresses.map((userPrincipalName) => ({ userPrincipalName, displayName: 'Box' }));
	await sandbox.post('seed', { outlook: { users } });
	const { engine, credentials } = await signedIn(sandbox, PER_MINUTE);
	const items = Array.from({ length: MAILS }, (_, i) => ({
		mailbox: addresses[i % MAILBOXES]!,
		to: `person${i}@elsewhere.example`,
	}));
	const { seconds } = await runNode(
		engine,
		OURS,
		{
			authentication: 'app',
			resource: 'message',
			operation: 'queue',
			queue: 'Bench',
			mailbox: '={{ $json.mailbox }}',
			to: '={{ $json.to }}',
			subject: 'Hi',
			html: '=<p>Hi {{ $json.to }}</p>',
			key: '={{ $json.to }}',
		},
		items,
		credentials,
	);
	await sandbox.post('outlook/clock', { minutes: 60 });
	const { left, ...bad } = await sandbox.get<Left>('outlook/left');
	const paces = addresses.map((address) => paceOf(left.filter(({ from }) => from === address)));
	const slowest = Math.min(...paces) / PER_MINUTE;
	const what = `Outlook: ${MAILS.toLocaleString('en')} personal mails over ${MAILBOXES} mailboxes`;
	return [
		{
			what: `${what}, queued in ${seconds.toFixed(1)} s: pace at which they leave, by the sandbox’s clock`,
			ours: `${(slowest * 100).toFixed(1)} %`,
			target: '95 % of what the limits allow',
			ok: slowest >= 0.95 && left.length === MAILS,
		},
		{
			what: `${what}: answers 429, held back or bounced`,
			ours: String(bad.refused + bad.late + bad.bounced + bad.throttled),
			target: '0',
			ok: Object.values(bad).every((count) => count === 0),
		},
	];
}

/** Messages a minute, from the first to the last. */
function paceOf(left: Array<{ at: number }>): number {
	const times = left.map(({ at }) => at).sort((a, b) => a - b);
	return ((times.length - 1) * 60_000) / (times.at(-1)! - times[0]!);
}
