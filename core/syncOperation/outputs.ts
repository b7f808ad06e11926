import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { InputItems } from '../node/parameters/reader';
import {
	allProblems,
	type Action,
	inTheWordsOf,
	type Current,
	type Fields,
	type GuardDecision,
	type Plan,
	type Result,
	type Summary,
	type Vocabulary,
} from '../sync';
import { visitAll } from '../visitAll';

export interface Outcome {
	items: InputItems;
	plan: Plan;
	decision: GuardDecision;
	results: Result[];
	current: Current[];
	summary: Summary;
	/** Said beside the summary's own numbers. */
	more: IDataObject;
	includeUnchanged: boolean;
	/** Columns whose values are nobody's to read. */
	secrets: string[];
}

interface Lookup {
	records: Map<string, Current>;
	rows: Map<number, Fields>;
	words: Vocabulary;
	secrets: string[];
	isPreview: boolean;
}

/** The three outputs: one item a user, one a problem (with its row), and one summary. */
export async function outputs(outcome: Outcome): Promise<INodeExecutionData[][]> {
	const { plan, decision, summary, more, items, secrets } = outcome;
	const results = outcome.includeUnchanged ? outcome.results : outcome.results.filter(hasNews);
	const told = allProblems(plan, decision, outcome.results);
	const places = new Set([...results.map(({ action }) => action.row), ...told.map(({ row }) => row)]);
	const ids = new Set(results.map(({ action }) => action.id));
	// Of a hundred thousand who are as they were, nobody is looked up.
	const lookup: Lookup = {
		records: new Map(outcome.current.filter(({ id }) => ids.has(id)).map((record) => [record.id, record])),
		rows: new Map(plan.rows.filter(({ row }) => places.has(row)).map(({ row, fields }) => [row, fields])),
		words: plan.vocabulary,
		secrets,
		isPreview: summary.mode === 'preview',
	};
	const users: INodeExecutionData[] = [];
	await visitAll(results, (result) => users.push(userItem(result, lookup)));
	const problems: INodeExecutionData[] = [];
	await visitAll(told, ({ row, ...problem }) => {
		const at =
			row === undefined
				? {}
				: { row: row + 1, source: withoutSecrets(items.at(row).input.json, lookup.rows.get(row), secrets) };
		const { message, remedy, label, key, severity, ...more } = problem;
		const json = {
			...(row === undefined ? {} : { row: row + 1 }),
			message,
			remedy,
			...defined({ label, key }),
			severity,
		};
		problems.push({ json: { ...json, ...more, ...at } as IDataObject, ...paired(row) });
	});
	return [
		users,
		problems,
		[
			{
				json: { ...inTheWordsOf(plan.vocabulary, summary), ...more } as IDataObject,
				pairedItem: { item: 0 },
			},
		],
	];
}

/** Somebody who is as they were has none. */
const hasNews = ({ action: { kind, staysDisabled } }: Result): boolean =>
	kind !== 'none' || staysDisabled !== undefined;

function userItem(
	{ action, status, problem, created }: Result,
	{ records, rows, words, secrets, isPreview }: Lookup,
): INodeExecutionData {
	const record = action.id === undefined ? undefined : records.get(action.id);
	const row = action.row === undefined ? undefined : rows.get(action.row);
	const user: Fields = { ...record?.fields, ...row };
	for (const name of secrets) delete user[name];
	const { id = action.id, createdAt: _createdAt, ...made } = created ?? {};
	const json: IDataObject = {
		// So that nobody takes what would be done for what was done.
		...(isPreview ? { mode: 'preview' } : {}),
		action: actionName(action.kind, isPreview, words),
		status,
		reason: action.reason,
		...(action.row === undefined ? {} : { row: action.row + 1 }),
		...(id ? { id } : {}),
		user: user as IDataObject,
		changes: action.kind === 'create' ? {} : (action.changes as unknown as IDataObject),
		...(made as IDataObject),
		...(problem === undefined ? {} : { problem: `${problem.message} ${problem.remedy}` }),
	};
	return { json, ...paired(action.row) };
}

function actionName(kind: Action['kind'], isPreview: boolean, words: Vocabulary): string {
	if (kind === 'none') return kind;
	const name = kind === 'disable' || kind === 'enable' ? words[kind] : kind;
	return isPreview ? `would ${name}` : name;
}

/** The row as it came in, but for what only a new account may know: problems are mailed and kept. */
function withoutSecrets(source: IDataObject, fields: Fields | undefined, secrets: string[]): IDataObject {
	const hidden = secrets.map((name) => fields?.[name]).filter((value) => value !== undefined);
	if (hidden.length === 0) return source;
	return Object.fromEntries(
		Object.entries(source).map(([name, value]) => [
			name,
			hidden.includes(String(value).trim()) ? '•••' : value,
		]),
	);
}

const defined = (fields: object) =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const paired = (row: number | undefined): Pick<INodeExecutionData, 'pairedItem'> =>
	row === undefined ? {} : { pairedItem: { item: row } };
