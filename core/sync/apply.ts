import { isHeld } from './guard';
import { failure, referenceMissing } from './outcome';
import { visitAll } from '../visitAll';
import { runPool } from './pool';
import type { Action, ApplyOptions, Created, Plan, Result, SyncTarget, GuardDecision } from './types';

/**
 * Carries a plan out: creates (those another waits for first), then enables and updates, then references that could not
 * be set before, then disables, then deletes; for a target where no record waits for another, all at once. One failure stops
 * nothing else; an abort starts nothing new.
 *
 * @returns one result for each action of the plan, in the plan's order. Never rejects because of the target.
 * @throws RangeError when `inFlight` is less than 1.
 */
export async function apply(
	plan: Plan,
	verdict: GuardDecision,
	target: SyncTarget,
	options: ApplyOptions,
): Promise<Result[]> {
	if (!(options.inFlight >= 1)) throw new RangeError('The number of requests in flight must be 1 or more.');
	const { actions } = plan;
	const results = new Array<Result | undefined>(actions.length);
	const record = (index: number, result: Result) => {
		results[index] = result;
		options.onResult?.(result);
	};

	const todo: number[] = [];
	await visitAll(actions, (action, index) => {
		if (skipped(action, verdict) === undefined) todo.push(index);
	});

	// Keys are unique among rows, so they find the create, or the first change, that another action waits for.
	const creates = new Map<string, number>();
	const changes = new Map<string, number>();
	for (const index of todo) {
		const { kind, key, row } = actions[index]!;
		if (kind === 'create') creates.set(key, index);
		else if (row !== undefined && !changes.has(key)) changes.set(key, index);
	}
	const resultOf = (index: number | undefined) => (index === undefined ? undefined : results[index]);

	const work = async (index: number): Promise<void> => {
		const action = actions[index]!;
		const { after } = action;
		const awaited =
			after === undefined ? undefined : (resultOf(creates.get(after)) ?? resultOf(changes.get(after)));
		const missing = after !== undefined && awaited?.status !== 'done';
		const id = action.id ?? resultOf(creates.get(action.key))?.created?.id;
		record(index, await perform(action, id, missing, plan, target));
	};
	const isFree =
		target.inAnyOrder === true &&
		!todo.some((index) => actions[index]!.after !== undefined || isSecondPart(actions[index]!));
	const doing: Doing = { actions, todo, creates, work, options };
	await Promise.all([
		isFree ? phase(doing, () => true) : inOrder(doing),
		// What nothing is done about is told while the first requests travel.
		visitAll(actions, (action, index) => {
			const status = skipped(action, verdict);
			if (status) record(index, { action, status });
		}),
	]);

	return actions.map((action, index) => {
		if (!results[index]) record(index, { action, status: 'not started' });
		return results[index] as Result;
	});
}

/** What is to be done, and how one of it is. */
interface Doing {
	actions: Action[];
	todo: number[];
	/** By its key. */
	creates: Map<string, number>;
	work(index: number): Promise<void>;
	options: ApplyOptions;
}

/** The reference of a record that the same plan creates. */
const isSecondPart = ({ kind, id }: Action) => kind === 'update' && id === undefined;

async function inOrder(doing: Doing): Promise<void> {
	const { actions, todo, creates, work, options } = doing;
	const isLate = (action: Action) =>
		isSecondPart(action) ||
		(action.kind === 'update' && action.after !== undefined && !creates.has(action.after));
	const { first, waiting } = orderCreates(actions, todo, creates);
	await runPool(first, options.inFlight, stoppedBy(options), async (index) => {
		await work(index);
		return waiting.get(actions[index]!.key) ?? [];
	});
	await phase(doing, (action) => action.kind === 'enable' || (action.kind === 'update' && !isLate(action)));
	await phase(doing, isLate);
	await phase(doing, ({ kind }) => kind === 'disable');
	await phase(doing, ({ kind }) => kind === 'delete');
}

async function phase(
	{ actions, todo, work, options }: Doing,
	belongs: (action: Action) => boolean,
): Promise<void> {
	const entries = todo.filter((index) => belongs(actions[index]!));
	await runPool(entries, options.inFlight, stoppedBy(options), async (index) => {
		await work(index);
		return [];
	});
}

const stoppedBy =
	({ signal }: ApplyOptions) =>
	() =>
		signal?.aborted === true;

/** What `apply` would do, in the same shape: every action planned, unchanged or held. */
export async function preview(plan: Plan, verdict: GuardDecision): Promise<Result[]> {
	const results: Result[] = [];
	await visitAll(plan.actions, (action) =>
		results.push({ action, status: skipped(action, verdict) ?? 'planned' }),
	);
	return results;
}

/** What is said of an action that nothing is done about. */
function skipped(action: Action, { hold }: GuardDecision): 'unchanged' | 'held' | undefined {
	if (action.kind === 'none') return 'unchanged';
	return isHeld(action, hold) ? 'held' : undefined;
}

/** Creates that can start at once, and for each key those that start once its create has had its turn. */
function orderCreates(
	actions: Action[],
	todo: number[],
	creates: Map<string, number>,
): { first: number[]; waiting: Map<string, number[]> } {
	const first: number[] = [];
	const waiting = new Map<string, number[]>();
	for (const index of todo) {
		const { kind, after } = actions[index]!;
		if (kind !== 'create') continue;
		if (after === undefined || !creates.has(after)) {
			first.push(index);
			continue;
		}
		const others = waiting.get(after);
		if (others) others.push(index);
		else waiting.set(after, [index]);
	}
	return { first, waiting };
}

/** One action against the target. A reference whose record did not come about is left out and reported. */
async function perform(
	planned: Action,
	id: string | undefined,
	missing: boolean,
	plan: Plan,
	target: SyncTarget,
): Promise<Result> {
	const action = missing ? withoutReference(planned) : planned;
	const problem = missing ? referenceMissing(planned, plan.labels) : undefined;
	let created: Created | undefined;
	try {
		if (action.kind === 'create') {
			created = await target.create(action.fields ?? {});
		} else if (action.kind === 'update' && (id === undefined || Object.keys(action.changes).length === 0)) {
			return {
				action: planned,
				status: 'not started',
				problem: problem ?? referenceMissing(planned, plan.labels),
			};
		} else {
			await change(action, id ?? '', target);
		}
	} catch (error) {
		return failure(action, error, plan.vocabulary);
	}
	return { action, status: 'done', ...(problem ? { problem } : {}), ...(created ? { created } : {}) };
}

function change(action: Action, id: string, target: SyncTarget): Promise<unknown> {
	switch (action.kind) {
		case 'update':
			return target.update(id, action.changes);
		case 'enable':
			return target.enable(id, action.changes);
		case 'disable':
			return target.disable(id);
		case 'delete':
			return target.delete(id);
		default:
			throw new Error(`An action of the kind ${action.kind} cannot be applied.`);
	}
}

function withoutReference(action: Action): Action {
	const without = <T extends object>(fields: T) =>
		Object.fromEntries(Object.entries(fields).filter(([field]) => field !== action.reference)) as T;
	const { after: _after, reference: _reference, ...rest } = action;
	return {
		...rest,
		changes: without(action.changes),
		...(action.fields ? { fields: without(action.fields) } : {}),
	};
}
