import type { IDataObject } from 'n8n-workflow';
import type { GuardFinding, Summary } from '../../core/sync';
import type { Sandbox } from '../../sandbox';
import type { Run } from '../engine';

export interface Mailed {
	to: string;
	subject: string;
}

export interface Problem {
	severity: string;
	row?: number;
	message: string;
	remedy: string;
}

/** The sync's own summary, with what the node adds to it. */
export interface SyncSummary extends Omit<Summary, 'enabled' | 'disabled' | 'stayDisabled'> {
	unfrozen: number;
	frozen: number;
	guards: GuardFinding[];
	departmentsCreated: string[];
}

/** What one night's run of the workflow came to, as it came out of the nodes and as the services hold it now. */
export interface Night {
	day: 1 | 2 | 3 | 4;
	file: string;
	seconds: number;
	error?: string;
	users: IDataObject[];
	problems: Problem[];
	summary?: SyncSummary;
	mailed: Mailed[];
	/** Requests the services received in this night, and how many of them were turned away as too many. */
	requests: Traffic;
	mailboxes: { active: number; frozen: number };
}

export interface Traffic {
	alimail: number;
	/** Creates, changes and deletions that Alimail carried out. */
	alimailWrites: number;
	postmark: number;
	turnedAway: number;
}

/** What the services have seen up to now. */
export interface Before {
	messages: number;
	traffic: Traffic;
}

export function trafficOf({ requests }: Sandbox): Traffic {
	const writes = ['POST', 'PATCH', 'DELETE'] as const;
	return {
		alimail: requests.count({ service: 'alimail' }),
		alimailWrites: writes.reduce(
			(sum, method) => sum + requests.count({ service: 'alimail', method, path: /\/v2\//, status: 200 }),
			0,
		),
		postmark: requests.count({ service: 'postmark' }),
		turnedAway: requests.count({ status: 429 }),
	};
}

export function readNight(
	day: Night['day'],
	file: string,
	run: Run,
	sandbox: Sandbox,
	before: Before,
	seconds: number,
): Night {
	const summary = run.json('Sync Mailboxes', 2)[0] as unknown as SyncSummary | undefined;
	const users = sandbox.alimail.users();
	const now = trafficOf(sandbox);
	return {
		day,
		file,
		seconds,
		...(run.error ? { error: run.error.message } : {}),
		users: run.json('Sync Mailboxes', 0),
		problems: run.json('Sync Mailboxes', 1) as unknown as Problem[],
		...(summary === undefined ? {} : { summary }),
		mailed: sandbox.postmark.messages.slice(before.messages).map(({ to, subject }) => ({
			to: to.map(({ Email }) => Email).join(', '),
			subject,
		})),
		requests: {
			alimail: now.alimail - before.traffic.alimail,
			alimailWrites: now.alimailWrites - before.traffic.alimailWrites,
			postmark: now.postmark - before.traffic.postmark,
			turnedAway: now.turnedAway - before.traffic.turnedAway,
		},
		mailboxes: {
			active: users.filter(({ status, employeeNo }) => status === 'NORMAL' && Boolean(employeeNo)).length,
			frozen: users.filter(({ status }) => status === 'FREEZE').length,
		},
	};
}
