import { isIP } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { readMergeFields } from './mergeValues';
import { isoTime } from '../times';

function locationOf(options: ParameterReader): IDataObject | undefined {
	const text = options.text('location');
	if (text === '') return undefined;
	const [latitude, longitude, ...more] = text.split(/[,，]/).map((part) => Number(part.trim() || NaN));
	const isOnEarth = Math.abs(latitude ?? NaN) <= 90 && Math.abs(longitude ?? NaN) <= 180;
	if (more.length > 0 || !isOnEarth)
		throw options.fieldError(
			'location',
			`is “${text}”`,
			'Write latitude (up to 90) and longitude (up to 180) like 52.52, 13.405.',
		);
	return { latitude, longitude } as IDataObject;
}

function ipAddressOf(options: ParameterReader, field: string): string {
	const text = options.text(field).trim();
	if (text !== '' && isIP(text) === 0)
		throw options.fieldError(
			field,
			`is no IP address: “${text}”`,
			'Write it like 203.0.113.7, or leave it empty.',
		);
	return text;
}

/** What is switched on and off by the two options of a kind; what stands in both is on. */
function switched(
	options: ParameterReader,
	on: string,
	off: string,
	leftOut: readonly string[],
): Array<[id: string, on: boolean]> {
	const listed = (field: string) => (leftOut.includes(field) ? [] : options.list(field));
	return [
		...new Map([
			...listed(off).map((id) => [id, false] as const),
			...listed(on).map((id) => [id, true] as const),
		]),
	];
}

/** The names of tags, also as Member → Get gives them: each at most 100 characters (https://mailchimp.com/help/manage-tags/). */
export function readTags(item: ParameterReader, name = 'tags'): string[] {
	const byName = new Map(item.names(name, 'name').map((tag) => [tag.toLowerCase(), tag]));
	const tags = [...byName.values()];
	const long = tags.find((tag) => tag.length > 100);
	if (long !== undefined)
		throw item.fieldError(
			name,
			`has a tag of ${long.length} characters: “${long.slice(0, 40)}…”`,
			'A tag has up to 100 characters.',
		);
	return tags;
}

/**
 * What of a contact is the same for adding and changing one, under Mailchimp's names.
 * @param leftOut options that the operation's form does not have
 */
export function readProfile(
	item: ParameterReader,
	leftOut: readonly string[] = [],
): { profile: IDataObject; skip: boolean } {
	const options = item.collection('options');
	const profile: IDataObject = {};
	const set = (name: string, value: IDataObject[string] | undefined) => {
		if (value !== undefined) profile[name] = value;
	};
	const mergeFields = readMergeFields(item, options);
	if (Object.keys(mergeFields).length > 0) set('merge_fields', mergeFields);
	const interests = switched(options, 'interests', 'interestsOff', leftOut);
	if (interests.length > 0) set('interests', Object.fromEntries(interests));
	for (const [field, name] of TEXTS) if (options.has(field)) set(name, options.text(field));
	for (const [field, name] of IP_ADDRESSES) if (options.has(field)) set(name, ipAddressOf(options, field));
	if (options.has('vip')) set('vip', options.boolean('vip'));
	set('location', locationOf(options));
	set('timestamp_opt', isoTime(options, 'timestampOpt'));
	set('timestamp_signup', isoTime(options, 'timestampSignup'));
	const permissions = switched(options, 'permissions', 'permissionsOff', leftOut);
	if (permissions.length > 0)
		set(
			'marketing_permissions',
			permissions.map(([id, enabled]) => ({ marketing_permission_id: id, enabled })),
		);
	return { profile, skip: options.has('skipMergeValidation') && options.boolean('skipMergeValidation') };
}

const TEXTS: Array<[field: string, name: string]> = [
	['emailType', 'email_type'],
	['language', 'language'],
];

const IP_ADDRESSES: Array<[field: string, name: string]> = [
	['ipOpt', 'ip_opt'],
	['ipSignup', 'ip_signup'],
];

/** `skip_merge_validation` belongs into the address of the request. */
export const skipQuery = (skip: boolean): IDataObject => (skip ? { skip_merge_validation: 'true' } : {});
