/** A password as Active Directory takes it: in quotes, in UTF-16 (MS-ADTS 3.1.1.3.1.5.1). */
export const unicodePwd = (password: string): Buffer => Buffer.from(`"${password}"`, 'utf16le');
