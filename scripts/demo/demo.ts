import '../engine/environment';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { Engine, type WorkflowFile } from '../engine';
import { applying } from '../hrWorkflow';
import { checkNight, type Check } from './checks';
import { dataFolder, makeCompany, type Company, type ExistingMailbox } from './company';
import { printNight, printVerdict, progress } from './console';
import { readNight, trafficOf, type Night } from './night';
import { page } from './page';

const root = join(__dirname, '../..');
const outputFolder = join(root, 'output');

/** The four nights of the demo company, with the workflow that ships with the pack. True when all went as it must. */
export async function runDemo({ keep }: { keep: boolean }): Promise<boolean> {
	const started = Date.now();
	const company = makeCompany();
	const sandbox = await startSandbox({ port: keep ? 8025 : 0 });
	try {
		console.log(`\n${company.name}: four nightly HR exports, synchronised to Alimail, mailed by Postmark.`);
		console.log(
			'The services are local stand-ins; the workflow is workflows/hr-to-mailbox-sync.json in n8n’s own engine.\n',
		);
		sandbox.alimail.seed({ domains: [company.domain] });
		sandbox.postmark.senders.addDomain(company.domain);
		const engine = engineFor(sandbox);
		const nights: Night[] = [];
		const checks: Check[] = [];
		for (const day of [1, 2, 3, 4] as const) {
			addMailboxes(sandbox, company, day);
			const firstLoad = day === 1 ? company.expected.day1.creates : 0;
			const night = await runNight(engine, sandbox, exportOf(company, day), { day, firstLoad });
			nights.push(night);
			checks.push(...checkNight(night, company, sandbox));
			printNight(night);
		}
		mkdirSync(outputFolder, { recursive: true });
		const file = join(outputFolder, 'demo.html');
		writeFileSync(file, page(company.name, nights, checks));
		printVerdict(checks, (Date.now() - started) / 1000, file);
		if (keep) console.log(`The mailboxes and mails are at ${sandbox.url} until you press Ctrl-C.\n`);
		else
			console.log(
				'Run "npm run demo -- --keep" to look at the mailboxes and mails in the browser afterwards.\n',
			);
		return checks.every(({ ok }) => ok);
	} finally {
		if (!keep) await sandbox.close();
	}
}

function engineFor(sandbox: Sandbox): Engine {
	const engine = new Engine('dist');
	engine.addCredential('Alimail', {
		site: 'custom',
		baseUrl: sandbox.alimail.url,
		appId: sandbox.alimail.appId,
		appSecret: sandbox.alimail.appSecret,
		requestsPerSecond: 40,
	});
	engine.addCredential('Postmark', {
		serverToken: sandbox.postmark.serverToken,
		baseUrl: sandbox.postmark.url,
	});
	return engine;
}

/** Mailboxes that somebody else made before that night. */
function addMailboxes(sandbox: Sandbox, company: Company, day: number): void {
	const there = company.alreadyThere.filter(({ beforeDay }) => beforeDay === day);
	sandbox.alimail.seed({ users: there.map(toUser) });
}

function toUser({ kind, email, name, number, active, frozenDays }: ExistingMailbox) {
	return {
		email,
		name,
		employeeType: kind === 'service' ? ('SERVICE' as const) : ('EMPLOYEE' as const),
		...(number === undefined ? {} : { employeeNo: number }),
		...(active
			? {}
			: {
					status: 'FREEZE' as const,
					freezedTime: new Date(Date.now() - (frozenDays ?? 0) * 86_400_000).toISOString(),
				}),
	};
}

/** What the workflow reads that night. On night 4 somebody has set the encoding to UTF-8, and the file is none. */
function exportOf(company: Company, day: Night['day']): { exportFile: string; encoding?: string } {
	const { file } = company.expected[`day${day}`];
	if (day !== 4) return { exportFile: join(dataFolder, file) };
	mkdirSync(outputFolder, { recursive: true });
	const exportFile = join(outputFolder, file);
	writeFileSync(exportFile, company.day4());
	return { exportFile, encoding: 'utf8' };
}

async function runNight(
	engine: Engine,
	sandbox: Sandbox,
	item: { exportFile: string; encoding?: string },
	{ day, firstLoad }: { day: Night['day']; firstLoad: number },
): Promise<Night> {
	const workflow = JSON.parse(
		readFileSync(join(root, 'workflows/hr-to-mailbox-sync.json'), 'utf8'),
	) as WorkflowFile;
	const before = { messages: sandbox.postmark.messages.length, traffic: trafficOf(sandbox) };
	const requests = sandbox.requests.count({});
	const stop = progress(() => sandbox.requests.count({}) - requests, `Night ${day}`);
	const started = Date.now();
	const run = await engine
		.run(applying(workflow, firstLoad), {
			start: 'Try It Now',
			items: [{ json: item }],
		})
		.finally(stop);
	return readNight(day, basename(item.exportFile), run, sandbox, before, (Date.now() - started) / 1000);
}
