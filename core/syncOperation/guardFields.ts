import type { INodeProperties } from 'n8n-workflow';
import { capital, DEFAULT_LIMITS, type Vocabulary } from '../sync';

/** What is on without anything being added: an empty collection reads as if there were no guards. */
export function guardNotice({ records, disabled, enabled }: Vocabulary): INodeProperties {
	const limits = DEFAULT_LIMITS;
	return {
		displayName:
			`<b>Guards are on.</b> Nothing at all is done when the list is empty, has ${limits.maxShrinkPercent} % fewer people or ${limits.maxInvalidPercent} % bad rows; ` +
			`when ${limits.maxRenamedPercent} % of the people would be renamed, ${limits.maxMovedPercent} % moved, or ${limits.maxColumnPercent} % get another value in one column; ` +
			`when ${limits.maxEnabled} ${records} (or ${limits.maxEnabledPercent} %) would be ${enabled}; when more than ten, and ${limits.maxCreatedPercent} %, would be created. ` +
			`Nobody is ${disabled} or deleted when it would be ${limits.maxLeavers} people or ${limits.maxLeaverPercent} %. A first load is announced below.`,
		name: 'guardNotice',
		type: 'notice',
		default: '',
	};
}

/** The limits that a user can change, each with the value it has when it is not added. */
export function guardFields(words: Vocabulary): INodeProperties {
	return {
		displayName: 'Guards',
		name: 'guards',
		type: 'collection',
		placeholder: 'Change Guard',
		default: {},
		description:
			'What holds a run back when the incoming list looks broken. All are on with the values shown; add one here to change it. 0 switches it off.',
		options: [...lost(words), ...gained(words), ...changed(), ...list(words)].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	};
}

type Limit = Exclude<keyof typeof DEFAULT_LIMITS, 'emptySource'>;

function limit(name: Limit, displayName: string, description: string): INodeProperties {
	const isShare = name.endsWith('Percent');
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 0, ...(isShare ? { maxValue: 100 } : {}) },
		default: DEFAULT_LIMITS[name],
		description,
	};
}

function lost({ records, disabled }: Vocabulary): INodeProperties[] {
	const Many = capital(records);
	return [
		limit(
			'maxLeavers',
			`${Many} Lost, at Most`,
			`Nobody is ${disabled} or deleted when it would be more people than this in one run`,
		),
		limit(
			'maxLeaverPercent',
			`${Many} Lost, Percent at Most`,
			`Nobody is ${disabled} or deleted when it would be more than this share of the active ${records}`,
		),
	];
}

function gained({ records, disabled, enabled }: Vocabulary): INodeProperties[] {
	const Many = capital(records);
	return [
		limit(
			'maxCreatedPercent',
			`${Many} Created, Percent at Most`,
			`Nothing at all is done when more ${records} would be created than this share of the active ones. Up to ten are always fine.`,
		),
		limit(
			'firstLoad',
			'First Load',
			`Announces a first load: how many ${records} it makes, at most. Take it out afterwards.`,
		),
		limit(
			'maxEnabled',
			`${Many} ${capital(enabled)}, at Most`,
			`Nothing at all is done when more ${disabled} ${records} than this would be ${enabled} in one run`,
		),
		limit(
			'maxEnabledPercent',
			`${Many} ${capital(enabled)}, Percent at Most`,
			`Nothing at all is done when more than this share of the ${records} of this sync would be ${enabled}`,
		),
	];
}

function changed(): INodeProperties[] {
	return [
		limit(
			'maxRenamedPercent',
			'People Renamed, Percent at Most',
			'Nothing at all is done when more people than this would get another name: the column has probably slipped, or was read in the wrong encoding',
		),
		limit(
			'maxMovedPercent',
			'People Moved, Percent at Most',
			'Nothing at all is done when more people than this would be moved to another place in the company',
		),
		limit(
			'maxColumnPercent',
			'One Column Changed, Percent at Most',
			'Nothing at all is done when more people than this would get another value, or none, in the same column',
		),
	];
}

function list({ records }: Vocabulary): INodeProperties[] {
	return [
		limit(
			'maxInvalidPercent',
			'Bad Rows, Percent at Most',
			'Nothing at all is done when more rows than this are invalid, duplicate or in conflict',
		),
		limit(
			'maxShrinkPercent',
			'List Shorter, Percent at Most',
			`Nothing at all is done when the list has this much fewer people than there are active ${records}: it is probably cut off`,
		),
		{
			displayName: 'Rows Expected, at Least',
			name: 'minRows',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'Nothing at all is done when fewer rows than this come in, and no approval helps',
		},
	];
}
