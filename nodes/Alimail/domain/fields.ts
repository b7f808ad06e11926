import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import isFQDN from 'validator/lib/isFQDN';

export const domainLocator: INodeProperties = {
	displayName: 'Domain',
	name: 'domain',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The mail domain',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchDomains', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. example.com' },
	],
};

export const aliasField: INodeProperties = {
	displayName: 'Alias',
	name: 'alias',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. example.net',
	description: 'A further domain whose addresses reach the mailboxes of this one; six at most',
};

/** A domain's name, in lower case. @throws {ServiceError} that names the field */
export function readName(item: ParameterReader, field: string): string {
	const name = item.requiredText(field).toLowerCase().replace(/^@/, '');
	if (isFQDN(name)) return name;
	throw item.fieldError(field, `is not a domain: “${name.slice(0, 80)}”`, 'Enter one like example.com.');
}
