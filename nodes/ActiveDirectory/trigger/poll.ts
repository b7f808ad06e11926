import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { invalidInput, toServiceError } from '../../../core/errors';
import { splitDirectoryNames } from '../../../core/list';
import { toNodeError } from '../../../core/node/nodeError';
import { checkChoices } from '../../../core/node/parameters/choices';
import { fingerprint } from '../changes/cursor';
import { directory, type Directory } from '../connection';
import { dnKey, isDn } from '../dn';
import { triggerFields, WATCHED, WATCHED_ELSEWHERE } from './fields';
import { told, type Kept } from './known';
import { look, type Chosen, type Happened, type State } from './look';
import { Reader } from './read';

const SAMPLE = 3;
const MOST_GROUPS = 50;
const MINUTE_MS = 60_000;

/** What happened since the last poll, or null. In a run by hand a few people to look at; nothing is stored then. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	let connection: Directory | undefined;
	try {
		connection = await directory.open(context);
		const events = wanted(context);
		const chosen = await readChosen(context, connection, events);
		const found =
			context.getMode() === 'manual'
				? await samples(connection, chosen, events)
				: await news(context, connection, chosen);
		const rows = found.filter(({ event }) => events.has(kindOf(event)));
		return rows.length === 0 ? null : [rows.map((one) => ({ json: rowOf(one, chosen) }))];
	} catch (error) {
		const fault = toServiceError(error);
		throw toNodeError(context.getNode(), connection?.redact(fault) ?? fault, undefined);
	} finally {
		await connection?.close();
	}
}

async function news(context: IPollFunctions, connection: Directory, chosen: Chosen): Promise<Happened[]> {
	const kept = context.getWorkflowStaticData('node') as State;
	const { events, state } = await look(connection, { ...kept }, chosen, Date.now());
	// As the last step: what failed before is looked at again.
	for (const name of Object.keys(kept)) delete kept[name as keyof State];
	Object.assign(kept, state);
	return events;
}

async function samples(
	connection: Directory,
	chosen: Chosen,
	events: ReadonlySet<string>,
): Promise<Happened[]> {
	const event = [...events].find((one) => one !== 'groupMembersChanged') ?? 'memberAdded';
	const reader = await Reader.of(connection, chosen);
	return [...(await reader.some(SAMPLE))].map(
		([id, { createdAt: _, ...person }]) => ({ event, id, person, more: { sample: true } }) as Happened,
	);
}

function wanted(context: IPollFunctions): Set<string> {
	checkChoices(triggerFields, ['events'], (name) => context.getNodeParameter(name, []));
	const events = new Set((context.getNodeParameter('events') as string[] | undefined) ?? []);
	if (events.size > 0) return events;
	throw invalidInput('Trigger On', "'Start On' is empty", 'Choose what is to start the workflow.');
}

async function readChosen(
	context: IPollFunctions,
	connection: Directory,
	events: ReadonlySet<string>,
): Promise<Chosen> {
	const text = (name: string) => String(context.getNodeParameter(name, '') ?? '').trim();
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const asked = text('base');
	if (asked !== '' && !isDn(asked))
		throw invalidInput('Base', "'Base' is not a DN", 'Write it like OU=Staff,DC=corp,DC=example,DC=com.');
	const base = asked || (await connection.base());
	const usual = (await connection.isActiveDirectory()) ? WATCHED : WATCHED_ELSEWHERE;
	const given = (context.getNodeParameter('attributes', []) as string[] | undefined) ?? [];
	const attributes = given.length > 0 ? given : usual;
	const groups = events.has('groupMembersChanged') ? readGroups(text('groups')) : [];
	return {
		of: fingerprint([dnKey(base), attributes]),
		base,
		attributes,
		groups,
		compareMs: minutes(options.compareMinutes) * MINUTE_MS,
		tellsAnyLoss: options.tellsAnyLoss === true,
	};
}

function minutes(value: unknown): number {
	const number = value === undefined ? 15 : Number(value);
	if (number >= 1 && number <= 1440) return number;
	throw invalidInput(
		'Compare Everybody Every (Minutes)',
		"'Compare Everybody Every (Minutes)' is not a number from 1 to 1440",
		'Enter such a number, or take the option away.',
	);
}

function readGroups(list: string): string[] {
	const groups = splitDirectoryNames(list);
	if (groups.length > 0 && groups.length <= MOST_GROUPS) return groups;
	throw invalidInput(
		'Groups',
		groups.length === 0 ? "'Groups' is empty" : `'Groups' names more than ${MOST_GROUPS}`,
		'Name the groups whose members matter, separated by semicolons.',
	);
}

/** Which of the choices an event belongs to. */
const KINDS: Partial<Record<string, string>> = {
	unitMoved: 'userMoved',
	memberAdded: 'groupMembersChanged',
	memberRemoved: 'groupMembersChanged',
};
const kindOf = (event: string): string => KINDS[event] ?? event;

function rowOf(one: Happened, { attributes }: Chosen): IDataObject {
	const person = 'person' in one ? one.person : undefined;
	return {
		event: one.event,
		id: one.id,
		...one.more,
		...(one.event === 'unitMoved' ? {} : { user: userOf(one.id, person, attributes) }),
	};
}

/** The person as the trigger knows them; null for a member who is outside of the base. */
function userOf(id: string, person: Kept | undefined, attributes: string[]): IDataObject | null {
	if (person === undefined) return null;
	const values = attributes.map((name, i) => [name, told(person.values[i])] as const);
	return {
		dn: person.dn,
		id,
		enabled: person.enabled,
		...Object.fromEntries(values.filter(([, value]) => value !== undefined)),
	} as IDataObject;
}
