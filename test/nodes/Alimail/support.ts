import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import { NODE, runNode } from '../../support/runNode';
import { alimailCredential, useSandbox } from '../../support/services';

export type Rows = Array<Record<string, unknown>>;

/** A sandbox in which the rate is not the topic, fresh before each test. */
export function useAlimail(): { current: Sandbox } {
	const sandbox = useSandbox();
	beforeEach(() => {
		sandbox.current.alimail.settings.requestsPerSecond = 10_000;
	});
	return sandbox;
}

/** One operation of the node. An error of the run is thrown, so that no test overlooks it. */
export async function run(
	sandbox: Sandbox,
	operation: string,
	parameters: INodeParameters = {},
	items: Rows = [{}],
	options: Tries = {},
): Promise<IDataObject[]> {
	const [resource, name] = operation.split('.');
	const spec = node(sandbox, { resource, operation: name, ...parameters } as INodeParameters, options);
	const done = await runNode(spec, items);
	// The engine hands on a copy of what was thrown, which is no Error any more.
	if (done.error) throw Object.assign(new Error(done.error.message), { description: done.error.description });
	return done.json(NODE);
}

interface Tries {
	credential?: ICredentialDataDecryptedObject;
	/** The node's setting "On Error: Continue", so that a failing item is an item `{ error, details }`. */
	goOn?: boolean;
}

export function node(sandbox: Sandbox, parameters: INodeParameters, { credential, goOn }: Tries = {}) {
	return {
		type: 'alimail',
		parameters,
		credentials: alimailCredential(sandbox, credential),
		...(goOn ? { settings: { onError: 'continueRegularOutput' as const } } : {}),
	};
}

/** What a test reads of a sync: its three outputs, the error that stopped it, and the hints above its output. */
export interface Synced {
	users: IDataObject[];
	problems: IDataObject[];
	summary: IDataObject;
	error?: { message: string; description?: string | null | undefined };
	hints: string[];
}

/** The columns of the tests' rows, mapped one by one. */
export const COLUMNS: Record<string, string> = {
	employeeNo: '={{ $json.no }}',
	email: '={{ $json.email }}',
	name: '={{ $json.name }}',
	department: '={{ $json.department }}',
	jobTitle: '={{ $json.title }}',
	managerEmail: '={{ $json.manager }}',
};

export const mapping = (value: Record<string, string>): INodeParameters => ({
	mappingMode: 'defineBelow',
	value,
});

export const syncParameters = (parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'user',
	operation: 'sync',
	mode: 'apply',
	columns: mapping(COLUMNS),
	...parameters,
});

/** A sync of these rows, with everything left as the editor has it but for `parameters`. */
export async function sync(
	sandbox: Sandbox,
	rows: Rows,
	parameters: INodeParameters = {},
	{ staticData, ...tries }: Tries & { staticData?: IDataObject } = {},
): Promise<Synced> {
	const done = await runNode(
		node(sandbox, syncParameters(parameters), tries),
		rows,
		staticData ? { staticData } : {},
	);
	return {
		users: done.json(NODE, 0),
		problems: done.json(NODE, 1),
		summary: done.json(NODE, 2)[0] ?? {},
		...(done.error ? { error: done.error } : {}),
		hints: done.hints(NODE),
	};
}

/** A sync where everybody may change or come new in one night: for tests of which the guards are not the topic. */
export const syncAnyway: typeof sync = async (sandbox, rows, parameters, how) => {
	const guards = { maxColumnPercent: 0, firstLoad: 1000, ...(parameters?.guards as INodeParameters) };
	return await sync(sandbox, rows, { ...parameters, guards }, how);
};

/** A row of an HR export. Person 1 is everybody's manager. */
export const person = (number: number, more: Record<string, unknown> = {}) => ({
	no: `E${number}`,
	email: `person${number}@yunhe.example`,
	name: `Person ${number}`,
	department: number % 2 ? 'R&D/Platform' : 'Sales',
	title: 'Engineer',
	manager: number === 1 ? '' : 'person1@yunhe.example',
	...more,
});

export const people = (count: number, from = 1) =>
	Array.from({ length: count }, (_, index) => person(from + index));

/** The same people as accounts, put in without the wire. */
export function seedPeople(sandbox: Sandbox, rows: Array<ReturnType<typeof person>>): void {
	sandbox.alimail.seed({
		users: rows.map(({ no, email, name, department, title, manager }) => ({
			email,
			name,
			employeeNo: no,
			department,
			jobTitle: title,
			managerEmail: manager,
		})),
	});
}

/** Requests that change something. */
export function writes(sandbox: Sandbox): number {
	const count = (method: string) => sandbox.requests.count({ service: 'alimail', method, path: /^\/v2\// });
	return count('POST') + count('PATCH') + count('PUT') + count('DELETE');
}

/** Requests other than signing in. */
export const requests = (sandbox: Sandbox): number =>
	sandbox.requests.count({ service: 'alimail', path: /^\/v2\// });

/** An account as a test reads it. */
export const account = (sandbox: Sandbox, number: number) =>
	sandbox.alimail.user(`person${number}@yunhe.example`);
