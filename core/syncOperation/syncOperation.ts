import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Client } from '../http/client';
import { allItems, type AllItemsOperation, type RunFeedback } from '../node/operation';
import type { InputItems } from '../node/parameters/reader';
import {
	apply,
	Planner,
	preview,
	report,
	sayUnknown,
	withoutPassword,
	type Current,
	type Desired,
	type GuardDecision,
	type Plan,
	type Reads,
	type Result,
	type Rules,
	type Summary,
	type SyncTarget,
} from '../sync';
import { visitAll } from '../visitAll';
import { decide, rememberApproval } from './approvals';
import { allColumns, labelsOf, rolesOf } from './columns';
import type { SyncConnection, SyncDefinition, SyncSession, SyncSettings, TakeRecords } from './definition';
import { syncFields } from './fields';
import { refuseForeignList } from './foreignList';
import { handedOutBefore, rememberHandedOut } from './handedOut';
import { outputs } from './outputs';
import { mappedColumns, readRows } from './rows';
import { readSettings } from './settings';

/** "User → Sync" of a service: the form, the rows, the guards, the approval and the outputs; the service brings the rest. */
export function syncOperation<C extends SyncConnection = Client>(
	definition: SyncDefinition<C>,
): AllItemsOperation {
	const { action, description } = definition;
	return allItems({
		name: 'Sync',
		value: 'sync',
		action,
		description,
		asTool: false,
		fields: syncFields(definition),
		call: async (items, client, feedback) =>
			await runSync(definition, items, client as unknown as C, feedback),
	});
}

async function runSync<C extends SyncConnection>(
	described: SyncDefinition<C>,
	items: InputItems,
	client: C,
	feedback: RunFeedback,
): Promise<INodeExecutionData[][]> {
	const started = new Date();
	const columns = allColumns(described.columns, described.columnOf, items);
	const definition = { ...described, columns };
	const { fields } = definition;
	const form = items.settings;
	const settings = readSettings(form, definition.leavers.choices);
	const { mapped, unused } = mappedColumns(items, columns);
	const opening = definition.open({
		settings,
		form,
		scope: fields.scope === undefined ? form : form.collection('scope'),
		options: form.collection('options'),
		client,
		feedback,
		started,
		mapped,
	});
	// The rows are read while the service is asked for the first time.
	const [{ rows, remarks }, session] = await sideBySide(readRows(items, columns, settings), opening);
	for (const remark of remarks) feedback.hint(remark);
	if (unused !== undefined) feedback.hint(unused);

	await session.prepare?.(rows);
	const rules = rulesOf(definition, settings, session, started);
	const { planned, records, complete } = await compare(rows, session, rules, settings);
	tellOfUnmet(settings, form.label('protected'), feedback);
	refuseForeignList(planned, form.label('scope'));
	const reads = readsOf(rows.length, complete, settings);
	const decision = await decide(planned, settings, reads, items.context);
	const carried = await carryOut(planned, decision, session.target, {
		settings,
		client,
		items,
		feedback,
	});
	const passwords = await firstPasswords(definition, planned, records, carried, {
		settings,
		decision,
		items,
		account: client.account,
		started,
	});
	if (decision.approved && settings.mode === 'approved') rememberApproval(items.context, decision.approval);
	return await tell(definition, passwords, {
		started,
		settings,
		planned,
		decision,
		records,
		session,
		client,
		items,
		feedback,
	});
}

/** The plan: rows and records are read side by side, each record as it comes. */
async function compare(
	rows: Desired[],
	session: SyncSession,
	rules: Rules,
	settings: SyncSettings,
): Promise<{ planned: Plan; records: Current[]; complete: boolean }> {
	const planner = new Planner(rules);
	const take: TakeRecords = async (some) => {
		await protect(some, settings);
		await planner.add(some);
	};
	const [source, { complete }] = await sideBySide(planner.read(rows), session.read(take));
	return { planned: await planner.plan(source), records: planner.records, complete };
}

/** What goes wrong with the first is told first, and nothing is left under way behind it. */
async function sideBySide<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
	const [one, other] = await Promise.allSettled([first, second]);
	if (one.status === 'rejected') throw one.reason;
	if (other.status === 'rejected') throw other.reason;
	return [one.value, other.value];
}

const readsOf = (rows: number, targetComplete: boolean, { minRows }: SyncSettings): Reads => ({
	sourceComplete: rows >= minRows,
	targetComplete,
	...(minRows > 0 ? { expected: minRows } : {}),
});

interface Run {
	started: Date;
	settings: SyncSettings;
	planned: Plan;
	decision: GuardDecision;
	records: Current[];
	session: SyncSession;
	client: SyncConnection;
	items: InputItems;
	feedback: RunFeedback;
}

/** What was done, as the outputs of the node and the hints above them. */
async function tell<C extends SyncConnection>(
	{ columns, title }: SyncDefinition<C>,
	{ results, earlier }: { results: Result[]; earlier: Result[] },
	{ started, settings, planned, decision, records, session, client, items, feedback }: Run,
): Promise<INodeExecutionData[][]> {
	const { requests, waitedMs, throttled, retries } = client.stats;
	const summary = report(planned, decision, results, {
		mode: settings.mode === 'preview' ? 'preview' : 'apply',
		started,
		withoutPassword: earlier,
		seconds: (Date.now() - started.getTime()) / 1000,
		requests,
		waitedSeconds: waitedMs / 1000,
		title,
		approve: howToApprove,
	});
	tellIfHeld(summary, feedback);
	return await outputs({
		items,
		plan: planned,
		decision,
		results: [...results, ...earlier],
		current: records,
		summary,
		more: {
			guards: decision.findings as unknown as IDataObject[],
			...session.facts?.(),
			throttled,
			retries,
		},
		includeUnchanged: settings.includeUnchanged,
		secrets: columns.filter(({ kind }) => kind === 'secret').map(({ id }) => id),
	});
}

const howToApprove = (code: string) =>
	`set Mode to “Apply Approved Plan”, enter the Approval Code ${code}, run once, and set Mode back`;

function tellIfHeld(
	{ whatHappened, ifTheListIsWrong, ifItIsReallySo }: Summary,
	feedback: RunFeedback,
): void {
	if (whatHappened === undefined) return;
	feedback.hint(`Held back. ${whatHappened} ${ifTheListIsWrong ?? ''} ${ifItIsReallySo ?? ''}`);
}

function tellOfUnmet({ protection }: SyncSettings, label: string, feedback: RunFeedback): void {
	const unmet = protection.unmet();
	if (unmet.length === 0) return;
	feedback.hint(
		`'${label}' names ${unmet.join(', ')}, which is the address of nobody: check how it is written.`,
	);
}

interface Passwords {
	settings: SyncSettings;
	decision: GuardDecision;
	items: InputItems;
	account: string;
	started: Date;
}

/** Whose first password nobody knows: of this run, and of an earlier one that nobody saw the end of. */
async function firstPasswords<C extends SyncConnection>(
	{ resetPassword }: SyncDefinition<C>,
	planned: Plan,
	records: Current[],
	carried: Result[],
	{ settings, decision, items, account, started }: Passwords,
): Promise<{ results: Result[]; earlier: Result[] }> {
	const writes = settings.mode !== 'preview' && decision.hold !== 'everything';
	if (resetPassword === undefined || !writes) return { results: carried, earlier: [] };
	const before = handedOutBefore(items, account, started);
	const results = sayUnknown(carried, planned, resetPassword);
	const earlier = await withoutPassword(planned, records, settings.match[0], before, resetPassword);
	const stopped = items.context.getExecutionCancelSignal()?.aborted === true;
	rememberHandedOut(items, results, earlier, { account, started, stopped });
	return { results, earlier };
}

/** Marks the records that the list of protected accounts has. */
async function protect(records: readonly Current[], { protection }: SyncSettings): Promise<void> {
	if (protection.isEmpty) return;
	await visitAll(records, (record) => {
		if (protection.protects(record.names ?? [record.label]))
			record.protectedBy ??= 'it is on the list of protected accounts';
	});
}

function rulesOf<C extends SyncConnection>(
	{ columns, vocabulary }: SyncDefinition<C>,
	{ match, leavers, rejoiners }: SyncSettings,
	session: SyncSession,
	now: Date,
): Rules {
	return {
		...session.rules,
		key: match[0],
		match,
		labels: labelsOf(columns),
		roles: rolesOf(columns),
		vocabulary,
		createOnly: columns.filter(({ createOnly }) => createOnly).map(({ id }) => id),
		...(session.check ? { validate: (fields) => session.check!(fields) } : {}),
		leavers,
		rejoiners,
		now,
	};
}

interface Carrying {
	settings: SyncSettings;
	client: SyncConnection;
	items: InputItems;
	feedback: RunFeedback;
}

/** Only the two modes that say so write; whatever else a mode might be shows what would be done. */
async function carryOut(
	planned: Plan,
	decision: GuardDecision,
	target: SyncTarget,
	{ settings, client, items, feedback }: Carrying,
): Promise<Result[]> {
	if (settings.mode !== 'apply' && settings.mode !== 'approved') return await preview(planned, decision);
	const signal = items.context.getExecutionCancelSignal();
	let done = 0;
	return await apply(planned, decision, target, {
		inFlight: target.width ?? client.concurrency,
		...(signal ? { signal } : {}),
		onResult: () => feedback.progress(++done, planned.actions.length, planned.vocabulary.records),
	});
}
