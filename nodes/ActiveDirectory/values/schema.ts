/** What a directory says of its attributes (RFC 4512, 4.2): how their values are written, and whether there are several. */
export type Kind = 'text' | 'boolean' | 'integer' | 'largeInteger' | 'time' | 'bytes' | 'dn';

export interface AttributeType {
	/** As the directory spells it. */
	name: string;
	kind: Kind;
	isSingle: boolean;
	/** Kept by the directory itself. */
	isReadOnly: boolean;
}

const KINDS: Record<string, Kind> = {
	'1.3.6.1.4.1.1466.115.121.1.7': 'boolean',
	'1.3.6.1.4.1.1466.115.121.1.27': 'integer',
	'1.2.840.113556.1.4.906': 'largeInteger',
	'1.3.6.1.4.1.1466.115.121.1.24': 'time',
	'1.3.6.1.4.1.1466.115.121.1.53': 'time',
	'1.3.6.1.4.1.1466.115.121.1.12': 'dn',
	// Octet string, JPEG, binary, certificate and its relatives, security descriptor, replica link.
	'1.3.6.1.4.1.1466.115.121.1.40': 'bytes',
	'1.3.6.1.4.1.1466.115.121.1.28': 'bytes',
	'1.3.6.1.4.1.1466.115.121.1.5': 'bytes',
	'1.3.6.1.4.1.1466.115.121.1.8': 'bytes',
	'1.3.6.1.4.1.1466.115.121.1.9': 'bytes',
	'1.3.6.1.4.1.1466.115.121.1.10': 'bytes',
	'1.2.840.113556.1.4.907': 'bytes',
};

/** For a directory whose schema cannot be read: what most of them share. */
const FALLBACK: AttributeType[] = [
	...['objectGUID', 'objectSid', 'thumbnailPhoto', 'nTSecurityDescriptor'].map((name) =>
		typed(name, 'bytes'),
	),
	...['jpegPhoto', 'userCertificate', 'sIDHistory', 'tokenGroups'].map((name) => typed(name, 'bytes', false)),
	...['memberOf', 'member', 'uniqueMember', 'directReports'].map((name) => typed(name, 'dn', false)),
	...['objectClass', 'proxyAddresses', 'servicePrincipalName', 'memberUid'].map((name) =>
		typed(name, 'text', false),
	),
	...['userAccountControl', 'groupType', 'badPwdCount', 'logonCount'].map((name) => typed(name, 'integer')),
	...['whenCreated', 'whenChanged', 'createTimestamp', 'modifyTimestamp'].map((name) => typed(name, 'time')),
	...['pwdLastSet', 'lastLogonTimestamp', 'accountExpires', 'lockoutTime', 'uSNChanged'].map((name) =>
		typed(name, 'largeInteger'),
	),
	typed('manager', 'dn'),
];

function typed(name: string, kind: Kind, isSingle = true): AttributeType {
	return { name, kind, isSingle, isReadOnly: false };
}

/** The attributes of one directory, found whatever their case. */
export class Schema {
	private readonly types = new Map<string, AttributeType>();

	private constructor(types: AttributeType[], names: Array<[string, AttributeType]>) {
		for (const type of types) this.types.set(type.name.toLowerCase(), type);
		for (const [name, type] of names) this.types.set(name.toLowerCase(), type);
	}

	static readonly unknown = new Schema(FALLBACK, []);

	/** @param definitions the values of `attributeTypes` */
	static of(definitions: string[]): Schema {
		const read = definitions.flatMap((definition) => definitionOf(definition) ?? []);
		if (read.length === 0) return Schema.unknown;
		const known = new Map(read.flatMap((one) => one.names.map((name) => [name.toLowerCase(), one] as const)));
		const types: AttributeType[] = [];
		const aliases: Array<[string, AttributeType]> = [];
		for (const one of read) {
			const type = {
				name: one.names[0]!,
				kind: KINDS[syntaxOf(one, known)] ?? 'text',
				isSingle: one.isSingle,
				isReadOnly: one.isReadOnly,
			};
			types.push(type);
			for (const alias of one.names.slice(1)) aliases.push([alias, type]);
		}
		return new Schema(types, aliases);
	}

	/** Of `member;range=0-1499` too. */
	get(attribute: string): AttributeType | undefined {
		const [name] = attribute.split(';', 1);
		return this.types.get(name!.toLowerCase());
	}

	get all(): AttributeType[] {
		return [...new Set(this.types.values())];
	}
}

interface Definition {
	names: [string, ...string[]];
	syntax: string | undefined;
	/** What it takes after, when it names no syntax itself. */
	parent: string | undefined;
	isSingle: boolean;
	isReadOnly: boolean;
}

function definitionOf(text: string): Definition | undefined {
	const named = /\bNAME\s+(?:'([^']+)'|\(\s*((?:'[^']+'\s*)+)\))/.exec(text);
	const names = named?.[1] !== undefined ? [named[1]] : (named?.[2]?.match(/[^'\s]+/g) ?? []);
	const [first, ...others] = names;
	if (first === undefined) return undefined;
	return {
		names: [first, ...others],
		syntax: /\bSYNTAX\s+'?([\d.]+)/.exec(text)?.[1],
		parent: /\bSUP\s+([\w.-]+)/.exec(text)?.[1],
		isSingle: /\bSINGLE-VALUE\b/.test(text),
		isReadOnly: /\bNO-USER-MODIFICATION\b/.test(text),
	};
}

function syntaxOf(definition: Definition, known: Map<string, Definition>, depth = 0): string {
	if (definition.syntax !== undefined) return definition.syntax;
	const parent = definition.parent === undefined ? undefined : known.get(definition.parent.toLowerCase());
	return parent === undefined || depth > 10 ? '' : syntaxOf(parent, known, depth + 1);
}
