import {
	NodeHelpers,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { packCredentials, packNodes } from '../support/tree';

/** All fields, those inside collections too, each with the way to it: `options > metadata > name`. */
function* fieldsOf(
	properties: INodeProperties[],
	way = '',
): Generator<[way: string, field: INodeProperties]> {
	for (const field of properties) {
		const here = way === '' ? field.name : `${way} > ${field.name}`;
		yield [here, field];
		if (field.type === 'collection') yield* fieldsOf(field.options as INodeProperties[], here);
		if (field.type === 'fixedCollection')
			for (const { values } of field.options as INodePropertyCollection[]) yield* fieldsOf(values, here);
	}
}

/** n8n cuts the words of a choice after two lines; a panel at its usual width has room for some 110 letters in them. */
const MAX_CHOICE_WORDS = 100;

const isMenu = ({ name }: INodeProperties) => name === 'resource' || name === 'operation';
const choicesOf = ({ type, options = [] }: INodeProperties) =>
	type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]) : [];
const sorted = (names: string[]) => [...names].sort((a, b) => a.localeCompare(b, 'en'));

const isToolOnly = (options: INodeProperties['displayOptions']) => options?.show?.['@tool'] !== undefined;

/** Whether n8n can sign HTTP requests with a credential of this type. */
const signsRequests = (name: string): boolean =>
	packCredentials().some(
		([, type]) => type.name === name && (type.authenticate !== undefined || type.extends !== undefined),
	);

const USE = [/^(Send|Sync|Create or Update)\b/, /^Get Many$/, /^Get$/, /^Create\b/, /^Update$/, /^Delete$/];
/** Where an operation whose name every node has stands among the others of its menu. */
function rankOf(name: string): number | undefined {
	const rank = USE.findIndex((pattern) => pattern.test(name));
	return rank < 0 ? undefined : rank;
}

/** Whether there is a state of the form in which both are shown, as far as one field they both look at can tell. */
function canMeet(a: INodeProperties, b: INodeProperties): boolean {
	const [showA, showB] = [a.displayOptions?.show ?? {}, b.displayOptions?.show ?? {}];
	if (a.displayOptions?.hide?.['@tool'] && showB['@tool']) return false;
	return !Object.entries(showA).some(
		([name, values]) => showB[name] !== undefined && !values!.some((value) => showB[name]!.includes(value)),
	);
}

describe.each([
	...packNodes().map(([path, { description }]) => [path, description.properties] as const),
	...packCredentials().map(([path, { properties }]) => [path, properties] as const),
])('%s', (_, properties) => {
	const fields = [...fieldsOf(properties)];

	test('fields to map are in sight from the start, not behind a button: what stays empty does no harm', () => {
		const hidden = fields
			.filter(({ 1: { typeOptions } }) => typeOptions?.resourceMapper?.addAllFields === false)
			.map(([way]) => way);
		expect(hidden).toEqual([]);
	});

	test('every field says what it is for', () => {
		const silent = fields.filter(
			([, field]) =>
				!isMenu(field) && !['notice', 'hidden', 'collection'].includes(field.type) && !field.description,
		);
		expect(silent.map(([way]) => way)).toEqual([]);
	});

	test('a description does not only repeat the name', () => {
		const echoes = fields.filter(([, { displayName, description }]) => description === displayName);
		expect(echoes.map(([way]) => way)).toEqual([]);
	});

	test('a switch says “Whether”, an example says “e.g.”', () => {
		for (const [way, { type, description, placeholder }] of fields) {
			if (type === 'boolean') expect([way, description]).toEqual([way, expect.stringMatching(/^Whether /)]);
			if (type === 'string' && placeholder)
				expect([way, placeholder]).toEqual([way, expect.stringMatching(/^e\.g\. /)]);
		}
	});

	test('an example holds no expression with something around it: n8n would take it for plain text', () => {
		const misleading = fields.filter(([, { placeholder = '' }]) =>
			/\{\{\s*\$/.test(placeholder.replace(/^e\.g\. \{\{[^{}]*\}\}$/, '')),
		);
		expect(misleading.map(([way]) => way)).toEqual([]);
	});

	test('the options a user can add are in the order of the alphabet', () => {
		for (const [way, { type, options }] of fields)
			if (type === 'collection') {
				const names = (options as INodeProperties[]).map(({ displayName }) => displayName);
				expect([way, names]).toEqual([way, sorted(names)]);
			}
	});

	test('long lists are in the order of the alphabet, with “Other” at the end', () => {
		for (const [way, field] of fields) {
			if (isMenu(field)) continue;
			const names = choicesOf(field)
				.map(({ name }) => name)
				.filter((name, i, all) => !(name.startsWith('Other') && i === all.length - 1));
			if (names.length >= 5) expect([way, names]).toEqual([way, sorted(names)]);
		}
	});

	test('what a choice says fits into the two lines that n8n shows of it', () => {
		const cut = fields.flatMap(([way, field]) =>
			choicesOf(field)
				.filter(({ description = '' }) => description.length > MAX_CHOICE_WORDS)
				.map(({ name }) => `${way}: ${name}`),
		);
		expect(cut).toEqual([]);
	});

	test('no field is called “Address” alone: mail and street addresses would read the same', () => {
		expect(fields.filter(([, { displayName }]) => displayName === 'Address').map(([way]) => way)).toEqual([]);
	});

	test('what belongs to a choice is shown with it, and need not be added by hand', () => {
		const hidden = fields.flatMap(([way, { type, options }]) =>
			type !== 'collection'
				? []
				: (options as INodeProperties[])
						.filter(({ displayOptions }) =>
							Object.keys(displayOptions?.show ?? {}).some((name) => !name.startsWith('/')),
						)
						.map(({ name }) => `${way} > ${name}`),
		);
		expect(hidden).toEqual([]);
	});

	test('a default that is a choice is one of the choices', () => {
		for (const [way, field] of fields)
			if (field.type === 'options' && field.typeOptions?.loadOptionsMethod === undefined)
				expect([way, choicesOf(field).map(({ value }) => value)]).toEqual([
					way,
					expect.arrayContaining([field.default]),
				]);
	});

	test('no two fields of one name are shown at the same time', () => {
		const clashes = properties.flatMap((field, i) =>
			properties
				.slice(i + 1)
				.filter((other) => other.name === field.name && canMeet(field, other))
				.map(() => field.name),
		);
		expect(clashes).toEqual([]);
	});
});

/** Nodes with several ways to sign in show the credential of the one that is chosen. */
const wayIn = ({ properties }: INodeTypeDescription) => ({
	authentication: properties.find(({ name }) => name === 'authentication')?.default ?? '',
});

test.each(packNodes())(
	'%s shows no address of a webhook that it registers by itself',
	(_, { description, webhookMethods }) => {
		for (const webhook of webhookMethods === undefined ? [] : (description.webhooks ?? []))
			// Or an expression, where one kind has to be entered by hand.
			expect([true, expect.stringMatching(/^=\{\{ .+ \}\}$/)]).toContainEqual(webhook.ndvHideUrl);
	},
);

describe.each(packNodes())('the operations of %s', (_, { description, methods }) => {
	const menus = description.properties.filter(
		({ name, displayOptions }) => name === 'operation' && !isToolOnly(displayOptions),
	);
	const operations = menus.flatMap((menu) => choicesOf(menu));

	test('stand in the order of use: sending and syncing, then reading, then changing, deleting last', () => {
		for (const menu of menus) {
			const names = choicesOf(menu).map(({ name }) => name);
			const ranks = names.map(rankOf).filter((rank) => rank !== undefined);
			expect([names, ranks]).toEqual([names, ranks.toSorted((a, b) => a - b)]);
			if (names.includes('Delete')) expect(names.at(-1)).toBe('Delete');
			expect(menu.default).toBe(choicesOf(menu)[0]!.value);
		}
	});

	test('the resources of an account of its own stand behind the others, and the custom call at the very end', () => {
		const resources = description.properties
			.filter(({ name, displayOptions }) => name === 'resource' && !isToolOnly(displayOptions))
			.flatMap(choicesOf);
		if (resources.length === 0) return;
		const [main] = description.credentials!;
		const ofMain = resources.map(
			({ value }) =>
				value === 'custom' ||
				NodeHelpers.displayParameter({ ...wayIn(description), resource: value }, main!, null, description),
		);
		expect(ofMain.slice(0, -1)).toEqual(ofMain.slice(0, -1).toSorted((a, b) => Number(b) - Number(a)));
		// n8n puts an entry of its own at the end of a menu, which works in the HTTP Request node only, unless this name is
		// there; not where the credential cannot sign HTTP requests.
		if (!signsRequests(main!.name)) return;
		expect(resources.at(-1)!.name).toBe('Custom API Call');
	});

	test('each has an action in a sentence, and a description in other words', () => {
		if (!description.group.includes('trigger')) expect(operations).not.toEqual([]);
		for (const { name, action, description: words } of operations) {
			expect([name, action]).toEqual([name, expect.stringMatching(/^[A-Z][^A-Z]*\s\S/)]);
			expect(words).toBeTruthy();
			expect(words).not.toBe(name);
		}
	});

	test('no two actions read the same, so that a search finds the right one', () => {
		const actions = operations.map(({ action }) => action);
		expect(new Set(actions).size).toBe(actions.length);
	});

	test('each has a credential, and just one', () => {
		for (const menu of menus)
			for (const { value, name } of choicesOf(menu)) {
				const resource = menu.displayOptions!.show!.resource![0] as string;
				const shown = (description.credentials ?? []).filter((credential) =>
					NodeHelpers.displayParameter(
						{ ...wayIn(description), resource, operation: value },
						credential,
						null,
						description,
					),
				);
				expect([resource, name, shown.length]).toEqual([resource, name, 1]);
			}
	});

	test('each dropdown asks a method that the node has', () => {
		const asked = [...fieldsOf(description.properties)].flatMap(([, { typeOptions }]) => [
			typeOptions?.loadOptionsMethod ?? [],
			typeOptions?.resourceMapper?.resourceMapperMethod ?? [],
		]);
		const there = { ...methods?.loadOptions, ...methods?.resourceMapping };
		for (const name of asked.flat()) expect(Object.keys(there)).toContain(name);
	});
});
