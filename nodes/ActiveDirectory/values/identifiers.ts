/** Bytes → text and back, for what Active Directory keeps in binary form (MS-DTYP 2.3.4 and 2.4.2). */

const GUID = /^\{?([\da-f]{8})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{12})\}?$/i;
const SID = /^S-1-(\d+)((?:-\d+)+)$/i;

/** The first three fields are kept with their last byte first. */
export function guidOf(bytes: Buffer): string {
	const hex = Buffer.from(
		[3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((i) => bytes[i]!),
	).toString('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Undefined for what is no GUID. Braces and missing dashes do no harm. */
export function guidBytes(text: string): Buffer | undefined {
	const fields = GUID.exec(text.trim())?.slice(1);
	if (fields === undefined) return undefined;
	return Buffer.concat(
		fields.map((field, i) => (i < 3 ? Buffer.from(field, 'hex').reverse() : Buffer.from(field, 'hex'))),
	);
}

export function sidOf(bytes: Buffer): string {
	const authority = bytes.readUIntBE(2, 6);
	const parts = Array.from({ length: bytes[1]! }, (_, i) => bytes.readUInt32LE(8 + 4 * i));
	return ['S', bytes[0], authority, ...parts].join('-');
}

/** Whether bytes can be a SID: as long as their own count of parts says. */
export const isSid = (bytes: Buffer): boolean =>
	bytes.length >= 8 && bytes[0] === 1 && bytes.length === 8 + 4 * bytes[1]!;

/** Undefined for what is no SID. */
export function sidBytes(text: string): Buffer | undefined {
	const [, authority, rest] = SID.exec(text.trim()) ?? [];
	if (authority === undefined || rest === undefined) return undefined;
	const parts = rest.slice(1).split('-').map(Number);
	if (parts.length > 15 || parts.some((part) => part > 0xffff_ffff) || Number(authority) > 0xffff_ffff_ffff)
		return undefined;
	const bytes = Buffer.alloc(8 + 4 * parts.length);
	bytes.writeUInt8(1, 0);
	bytes.writeUInt8(parts.length, 1);
	bytes.writeUIntBE(Number(authority), 2, 6);
	parts.forEach((part, i) => bytes.writeUInt32LE(part, 8 + 4 * i));
	return bytes;
}
