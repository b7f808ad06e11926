import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../core/node/parameters/reader';
import { byDisplayName } from '../../core/node/properties';
import { isoTime } from './times';

/** The "Filters" of an operation, in the order of the alphabet. */
export const filtersOf = (fields: INodeProperties[]): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Only what matches all of these',
	options: byDisplayName(fields),
});

export const timeFilter = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

/** The filters that were filled in, under Mailchimp's names for them. `names`: field → parameter. */
export function queryOf(filters: ParameterReader, names: Record<string, string>): IDataObject {
	const query: IDataObject = {};
	for (const [field, parameter] of Object.entries(names)) {
		if (!filters.has(field)) continue;
		const value = filters.value(field);
		query[parameter] = typeof value === 'boolean' ? String(value) : filters.list(field).join(',');
	}
	return query;
}

/** The times that were filled in, under Mailchimp's names for them. `names`: field → parameter. */
export function timesOf(filters: ParameterReader, names: Record<string, string>): IDataObject {
	const query: IDataObject = {};
	for (const [field, parameter] of Object.entries(names)) {
		const time = isoTime(filters, field);
		if (time !== undefined) query[parameter] = time;
	}
	return query;
}
