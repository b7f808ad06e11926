import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { InputItems } from '../../../../core/node/parameters/reader';
import {
	allProblems,
	type Current,
	type Desired,
	type Fields,
	type Plan,
	type Result,
	type Summary,
	type Vocabulary,
} from '../../../../core/sync';

interface Outcome {
	items: InputItems;
	rows: Desired[];
	plan: Plan;
	results: Result[];
	current: Current[];
	summary: Summary;
	/** Said beside the summary's own numbers. */
	more: IDataObject;
	includeUnchanged: boolean;
}

/** The three outputs: one item a user, one a problem (with its row), and one summary. */
export function outputs(outcome: Outcome): INodeExecutionData[][] {
	const { results, plan, summary, more, items } = outcome;
	const records = new Map(outcome.current.map((record) => [record.id, record]));
	const rows = new Map(outcome.rows.map(({ row, fields }) => [row, fields]));
	const users = results
		.filter(({ action }) => outcome.includeUnchanged || action.kind !== 'none')
		.map((result) => userItem(result, records, rows, plan.vocabulary));
	const problems = allProblems(plan, results).map(({ row, ...problem }) => ({
		json: {
			...problem,
			...(row === undefined
				? {}
				: { row: row + 1, source: withoutPassword(items.at(row).input.json, rows.get(row)) }),
		} as IDataObject,
		...paired(row),
	}));
	return [
		users,
		problems,
		[{ json: { ...summary, ...more } as unknown as IDataObject, pairedItem: { item: 0 } }],
	];
}

function userItem(
	{ action, status, problem, created }: Result,
	records: Map<string, Current>,
	rows: Map<number, Fields>,
	words: Vocabulary,
): INodeExecutionData {
	const record = action.id === undefined ? undefined : records.get(action.id);
	const row = action.row === undefined ? undefined : rows.get(action.row);
	const { initialPassword: _given, ...fields } = { ...record?.fields, ...row };
	const json: IDataObject = {
		action: action.kind === 'disable' || action.kind === 'enable' ? words[action.kind] : action.kind,
		status,
		reason: action.reason,
		...(action.row === undefined ? {} : { row: action.row + 1 }),
		...((action.id ?? created?.id) ? { id: action.id ?? created!.id } : {}),
		user: fields as IDataObject,
		changes: action.kind === 'create' ? {} : (action.changes as unknown as IDataObject),
		...(created?.initialPassword === undefined ? {} : { initialPassword: String(created.initialPassword) }),
		...(problem === undefined ? {} : { problem: `${problem.message} ${problem.remedy}` }),
	};
	return { json, ...paired(action.row) };
}

/** The row as it came in, but for a first password: problems are mailed and kept. */
function withoutPassword(source: IDataObject, fields: Fields | undefined): IDataObject {
	const password = fields?.initialPassword;
	if (password === undefined) return source;
	const hidden = Object.entries(source).map(([name, value]) => [
		name,
		String(value).trim() === password ? '•••' : value,
	]);
	return Object.fromEntries(hidden) as IDataObject;
}

const paired = (row: number | undefined): Pick<INodeExecutionData, 'pairedItem'> =>
	row === undefined ? {} : { pairedItem: { item: row } };
