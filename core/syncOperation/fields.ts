import type { INodeProperties } from 'n8n-workflow';
import { byDisplayName } from '../node/properties';
import { capital } from '../sync';
import type { SyncConnection, SyncDefinition } from './definition';
import { guardFields, guardNotice } from './guardFields';

type Form = Pick<
	SyncDefinition<SyncConnection>,
	| 'columnsDependOn'
	| 'columnsMethod'
	| 'fields'
	| 'leavers'
	| 'matchBy'
	| 'matchByDescription'
	| 'protected'
	| 'vocabulary'
>;

/** The form of a sync, the same for every service but for its words and its own fields. */
export function syncFields(form: Form): INodeProperties[] {
	const { fields } = form;
	return [
		...modeFields(form),
		...(fields.source ?? []),
		...columnFields(form),
		...(fields.columns ?? []),
		...leaverFields(form),
		...(fields.scope === undefined ? [] : [scopeField(form, fields.scope)]),
		protectedField(form),
		guardNotice(form.vocabulary),
		guardFields(form.vocabulary),
		optionsField(form),
	];
}

function modeFields({ vocabulary }: Form): INodeProperties[] {
	return [
		{
			displayName: 'Mode',
			name: 'mode',
			type: 'options',
			options: [
				{
					name: 'Preview',
					value: 'preview',
					description: 'Show what would be done, and change nothing',
				},
				{
					name: 'Apply',
					value: 'apply',
					description: `Create, change and ${vocabulary.disable} ${vocabulary.records}, unless a guard holds it back`,
				},
				{
					name: 'Apply Approved Plan',
					value: 'approved',
					description: 'Let through the one plan that a guard held back and a person has looked at',
				},
			],
			default: 'preview',
			description: `Start with a preview. All incoming items together are the list of people: whoever is not on it counts as having left.`,
		},
		{
			displayName: 'Approval Code',
			name: 'approval',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5f2c…',
			displayOptions: { show: { mode: ['approved'] } },
			description:
				'The code from the summary of the run that was held back. It fits only that very plan, and only once: when anything has changed since, nothing passes.',
		},
	];
}

function columnFields({
	columnsMethod,
	columnsDependOn,
	matchBy,
	matchByDescription,
}: Form): INodeProperties[] {
	return [
		{
			displayName: 'Columns',
			name: 'columns',
			type: 'resourceMapper',
			noDataExpression: true,
			default: { mappingMode: 'defineBelow', value: null },
			required: true,
			description: 'Which column of the incoming items says what about a person',
			typeOptions: {
				...(columnsDependOn ? { loadOptionsDependsOn: columnsDependOn } : {}),
				resourceMapper: {
					resourceMapperMethod: columnsMethod,
					mode: 'map',
					fieldWords: { singular: 'column', plural: 'columns' },
					// Which are shown at first is said by the columns themselves; false would show the required ones only.
					addAllFields: true,
					supportAutoMap: true,
				},
			},
		},
		{
			displayName: 'Recognise People By',
			name: 'matchBy',
			type: 'options',
			options: matchBy.map(({ name, ids }) => ({ name, value: ids.join(',') })),
			default: matchBy[0]!.ids.join(','),
			description: matchByDescription,
		},
	];
}

function leaverFields({ leavers, vocabulary }: Form): INodeProperties[] {
	const delayed = leavers.choices.filter(({ does }) => does === 'disableThenDelete');
	return [
		{
			displayName: 'People Who Left',
			name: 'leavers',
			type: 'options',
			options: leavers.choices.map(({ name, value, description }) => ({ name, value, description })),
			default: leavers.default,
			description: `What happens to ${vocabulary.records} of this sync whose person is no longer among the incoming items`,
		},
		...(delayed.length === 0
			? []
			: [
					{
						displayName: 'Delete After Days',
						name: 'afterDays',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 30,
						displayOptions: { show: { leavers: delayed.map(({ value }) => value) } },
						description:
							leavers.deleteAfter ??
							`How long ${vocabulary.records} stay ${vocabulary.disabled} before they are deleted`,
					} satisfies INodeProperties,
				]),
	];
}

function scopeField({ vocabulary }: Form, options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Scope',
		name: 'scope',
		type: 'collection',
		placeholder: 'Add Limit',
		default: {},
		description: `Which ${vocabulary.records} belong to this sync. ${capital(vocabulary.records)} outside are neither changed nor ${vocabulary.disabled}, and who is on the list and would be outside is reported and not created. A list of which nobody is inside is an error.`,
		options: byDisplayName(options),
	};
}

function protectedField({ vocabulary, ...form }: Form): INodeProperties {
	return {
		displayName: `Protected ${capital(vocabulary.records)}`,
		name: 'protected',
		type: 'string',
		default: form.protected.default,
		placeholder: form.protected.placeholder,
		description:
			'Addresses that are never touched in any way, with commas, spaces or line breaks between them. A star stands for any letters. Add your administrators.',
	};
}

function optionsField({ fields, vocabulary }: Form): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'What is seldom needed: the presets suit most',
		options: byDisplayName([
			{
				displayName: 'Empty Cells',
				name: 'emptyCells',
				type: 'options',
				options: [
					{ name: 'Leave the Field as It Is', value: 'leave' },
					{ name: 'Clear the Field', value: 'clear' },
				],
				default: 'leave',
				description: 'What an empty cell of a mapped column means',
			},
			{
				displayName: 'Line of the First Item',
				name: 'firstLine',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 2,
				description:
					'The line of the file on which the first item stands: 2 when the first line has the headings. Messages then name the line too. Only for items that come straight from a file.',
			},
			{
				displayName: 'Include Unchanged Users',
				name: 'includeUnchanged',
				type: 'boolean',
				default: false,
				description: 'Whether the Users output also has an item for everyone for whom nothing had to be done',
			},
			{
				displayName: `${capital(vocabulary.enable)} People Who Come Back`,
				name: 'rejoin',
				type: 'boolean',
				default: true,
				description: `Whether what was ${vocabulary.disabled} is ${vocabulary.enabled} again when its person is among the incoming items`,
			},
			...(fields.options ?? []),
		]),
	};
}
