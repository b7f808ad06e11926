import type { BerWriter, Control } from 'ldapts';
import { ldapts } from './ldapts';

/**
 * A control by its number and its bytes. The library has paging of its own, which takes an empty page for the last one;
 * Active Directory may give such pages in the middle.
 */
function control(oid: string, value?: (writer: BerWriter) => void, critical = false): Control {
	const { Control: Base, BerWriter: Writer } = ldapts();
	return new (class extends Base {
		constructor() {
			super(oid, { critical });
		}

		protected override writeControl(writer: BerWriter): void {
			if (value === undefined) return;
			const inner = new Writer();
			value(inner);
			writer.writeBuffer(inner.buffer, 0x04);
		}
	})();
}

/** RFC 2696. A size of 0 with a cookie tells the server to forget the search. */
export const pagedControl = (size: number, cookie: Buffer): Control =>
	control('1.2.840.113556.1.4.319', (writer) => {
		writer.startSequence();
		writer.writeInt(size);
		writer.writeBuffer(cookie, 0x04);
		writer.endSequence();
	});

/** Has a search give what was deleted, too (MS-ADTS 3.1.1.3.4.1.14). A server that does not know it refuses the search. */
export const showDeleted = (): Control => control('1.2.840.113556.1.4.417', undefined, true);

/** Deletes what is below, too (draft-armijo-ldap-treedelete-02, MS-ADTS 3.1.1.3.4.1.15). */
export const treeDelete = (): Control => control('1.2.840.113556.1.4.805', undefined, true);
