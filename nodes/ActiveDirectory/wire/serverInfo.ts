import type { Entry } from '../values/decode';

export type ServerKind = 'activeDirectory' | 'openLdap' | 'other';

/** What a server says of itself in its root DSE (RFC 4512, 5.1), to anybody who asks. */
export interface ServerInfo {
	kind: ServerKind;
	/** Where searches begin when nobody says where; '' when the server names none. */
	baseDn: string;
	schemaDn: string;
	/** Of the forest's settings; '' where there are none. */
	configurationDn: string;
	/** Numbers of the controls that it knows. */
	controls: ReadonlySet<string>;
	/** The attributes, as they came. */
	entry: Entry;
}

/** Active Directory since Windows 2000, Samba too (MS-ADTS 3.1.1.3.4.3). */
const ACTIVE_DIRECTORY = '1.2.840.113556.1.4.800';

export const ROOT_DSE_ATTRIBUTES = ['*', '+'];

export const listOf = (value: Entry[string] | undefined): string[] =>
	value === undefined ? [] : [value].flat().map(String);

export function readServerInfo(entry: Entry): ServerInfo {
	const one = (name: string) => listOf(entry[name])[0] ?? '';
	const contexts = listOf(entry.namingContexts);
	return {
		kind: kindOf(entry),
		baseDn: one('defaultNamingContext') || (contexts.find((name) => name !== '') ?? ''),
		schemaDn: one('subschemaSubentry'),
		configurationDn: one('configurationNamingContext'),
		controls: new Set(listOf(entry.supportedControl)),
		entry,
	};
}

function kindOf(entry: Entry): ServerKind {
	if (listOf(entry.supportedCapabilities).includes(ACTIVE_DIRECTORY)) return 'activeDirectory';
	return listOf(entry.objectClass).includes('OpenLDAProotDSE') ? 'openLdap' : 'other';
}
