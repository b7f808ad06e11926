import type { IDataObject } from 'n8n-workflow';
import { imageKind } from '../../../core/image';
import { WithFiles, type OutgoingFile, type Row } from '../../../core/node/operation';
import {
	ACCOUNT_DISABLED,
	accountFlags,
	groupScope,
	isSecurityGroup,
	LOCKED_OUT,
	PASSWORD_EXPIRED,
} from './flags';
import { guidOf, isSid, sidOf } from './identifiers';
import type { AttributeType, Schema } from './schema';
import { fileTimeToIso, generalizedToIso } from './times';

/** An entry as it came: texts, and bytes for what is binary. */
export interface Entry {
	dn: string;
	[attribute: string]: string | string[] | Buffer | Buffer[];
}

type Decode = (value: string | Buffer) => unknown;

/** Large integers that are moments (MS-ADA1 to 3). All others stay as they are written: they may be too large for a number. */
const FILE_TIMES = new Set(
	[
		...['accountExpires', 'badPasswordTime', 'lastLogoff', 'lastLogon', 'lastLogonTimestamp', 'lockoutTime'],
		...['pwdLastSet', 'creationTime', 'msDS-UserPasswordExpiryTimeComputed', 'ms-Mcs-AdmPwdExpirationTime'],
		...['msDS-LastSuccessfulInteractiveLogonTime', 'msDS-LastFailedInteractiveLogonTime'],
		...['msLAPS-PasswordExpirationTime'],
	].map((name) => name.toLowerCase()),
);
const PHOTOS = new Set(['thumbnailphoto', 'jpegphoto', 'thumbnaillogo', 'photo']);

export const isFileTime = (attribute: string): boolean => FILE_TIMES.has(attribute.toLowerCase());
export const isPhoto = (attribute: string): boolean => PHOTOS.has(attribute.toLowerCase());

/**
 * Turns entries into rows: GUID and SID as text, times in ISO 8601, numbers and switches as such, attributes that may have
 * several values always as a list, photos as files. What was asked for and is not there is null, or an empty list.
 */
export class Decoder {
	private readonly known = new Map<string, { decode: Decode; isSingle: boolean }>();
	private readonly wanted: Array<{ name: string; key: string; empty: null | [] }>;

	/** @param attributes what was asked for; names with a star or plus stand for many, and are not filled up */
	constructor(
		private readonly schema: Schema,
		attributes: string[],
	) {
		this.wanted = attributes
			.filter((name) => !/^[*+]$|^1\.1$/.test(name))
			.map((name) => {
				const type = schema.get(name);
				return {
					name: type?.name ?? name,
					key: name.toLowerCase(),
					empty: type?.isSingle === false ? [] : null,
				};
			});
	}

	row(entry: Entry): Row {
		const json: IDataObject = { dn: entry.dn };
		const files: Record<string, OutgoingFile> = {};
		const seen = new Set<string>();
		for (const [name, value] of Object.entries(entry)) {
			if (name === 'dn' || (Array.isArray(value) && value.length === 0)) continue;
			seen.add(name.toLowerCase());
			if (isPhoto(name)) Object.assign(files, filesOf(name, value));
			else json[name] = this.value(name, value) as IDataObject[string];
		}
		for (const { name, key, empty } of this.wanted)
			if (!seen.has(key) && !isPhoto(name) && !Object.hasOwn(json, name))
				json[name] = empty === null ? null : [];
		explain(json);
		return Object.keys(files).length === 0 ? json : new WithFiles(json, files);
	}

	/** One attribute's value or values. */
	value(name: string, value: Entry[string]): unknown {
		const { decode, isSingle } = this.of(name);
		if (Array.isArray(value)) {
			const all = (value as Array<string | Buffer>).map(decode);
			return isSingle && all.length === 1 ? all[0] : all;
		}
		return isSingle ? decode(value) : [decode(value)];
	}

	private of(name: string) {
		let found = this.known.get(name);
		if (found === undefined) {
			const type = this.schema.get(name);
			// What the schema does not tell of is shown as it comes: one value alone, several as a list.
			found = { decode: decoderOf(name, type), isSingle: type?.isSingle ?? true };
			this.known.set(name, found);
		}
		return found;
	}
}

function decoderOf(name: string, type: AttributeType | undefined): Decode {
	const asText =
		(read: (text: string) => unknown): Decode =>
		(value) => {
			const text = String(value);
			const found = read(text);
			return found === undefined ? text : found;
		};
	switch (type?.kind) {
		case 'boolean':
			return asText((text) => (text === 'TRUE' ? true : text === 'FALSE' ? false : undefined));
		case 'integer':
			return asText((text) => (Number.isSafeInteger(Number(text)) ? Number(text) : undefined));
		case 'largeInteger':
			return isFileTime(name) ? asText(fileTimeToIso) : String;
		case 'time':
			return asText(generalizedToIso);
		case 'bytes':
			return (value) => bytesAsText(name, Buffer.isBuffer(value) ? value : Buffer.from(value));
		default:
			return (value) => (Buffer.isBuffer(value) ? bytesAsText(name, value) : value);
	}
}

function bytesAsText(name: string, bytes: Buffer): string {
	if (bytes.length === 16 && /guid$/i.test(name)) return guidOf(bytes);
	if (/sid/i.test(name) && isSid(bytes)) return sidOf(bytes);
	if (/^tokenGroups/i.test(name) && isSid(bytes)) return sidOf(bytes);
	return bytes.toString('base64');
}

/** What single bits mean, beside the numbers. */
function explain(json: IDataObject): void {
	const control = json.userAccountControl;
	if (typeof control === 'number') {
		json.userAccountControlFlags = accountFlags(control);
		json.enabled = (control & ACCOUNT_DISABLED) === 0;
	}
	const computed = json['msDS-User-Account-Control-Computed'];
	if (typeof computed === 'number') {
		json.locked = (computed & LOCKED_OUT) !== 0;
		json.passwordExpired = (computed & PASSWORD_EXPIRED) !== 0;
	}
	const { groupType } = json;
	if (typeof groupType === 'number') {
		json.groupScope = groupScope(groupType) ?? null;
		json.isSecurityGroup = isSecurityGroup(groupType);
	}
}

function filesOf(name: string, value: Entry[string]): Record<string, OutgoingFile> {
	const files: Record<string, OutgoingFile> = {};
	[value].flat().forEach((one, i) => {
		const content = Buffer.isBuffer(one) ? one : Buffer.from(one);
		const { ending, mimeType } = imageKind(content) ?? {
			ending: 'bin',
			mimeType: 'application/octet-stream',
		};
		const key = i === 0 ? name : `${name}${i + 1}`;
		files[key] = { content, fileName: `${key}.${ending}`, mimeType };
	});
	return files;
}

/** The names to be read as bytes, as the directory may spell them. @param attributes what is asked for; empty for all */
export function binaryNames(schema: Schema, attributes: string[]): string[] {
	const isAll = attributes.length === 0 || attributes.some((name) => name === '*' || name === '+');
	const types = isAll ? schema.all : attributes.flatMap((name) => schema.get(name) ?? []);
	const names = types.filter(({ kind }) => kind === 'bytes').map(({ name }) => name);
	return [
		...new Set([...names, ...(isAll ? [] : attributes.filter((name) => schema.get(name)?.kind === 'bytes'))]),
	];
}
