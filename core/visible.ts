// Most values are plain ASCII or Chinese ideographs without odd spaces: this test spares them the costly Unicode steps.
const PLAIN = /^[\x21-\x7e\u4e00-\u9fff]+(?: [\x21-\x7e\u4e00-\u9fff]+)*$/;

// Soft hyphen, zero-width space, marks of direction, byte order mark, interlinear marks. They come along when people copy from
// web pages and chats, and no one can see them. So do control characters.
const UNSEEN = '\\u00ad\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb';
const INVISIBLE = new RegExp(`[\\p{Cc}${UNSEEN}]`, 'gu');
const isBreak = (sign: string) => /[\t-\r\u0085]/.test(sign);

// Joiners hold emoji together, and letters of some scripts: beside Latin and Chinese letters, and at an end, they do nothing.
const IDLE_JOINER =
	/(?<=^|[\x20-\x7e\u4e00-\u9fff])[\u200c\u200d]+|[\u200c\u200d]+(?=$|[\x20-\x7e\u4e00-\u9fff])/g;

const WHITE_SPACE = /\s+/g;

// Letters and digits that Chinese keyboards write wide. Wide punctuation is ordinary in Chinese text and stays.
const WIDE = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;

/** The same and joiners, where they can be nothing but a leftover: at the ends of a value. */
export const HIDDEN = `${UNSEEN}\\u200c\\u200d`;
const isHidden = new RegExp(`[\\s${HIDDEN}]`);

export const isPlain = (text: string): boolean => text === '' || PLAIN.test(text);

/** Text without what nobody can see: invisible characters gone, line breaks and other white space one space each. */
export function visibleText(text: string): string {
	if (isPlain(text)) return text;
	return text
		.replace(INVISIBLE, (sign) => (isBreak(sign) ? ' ' : ''))
		.replace(IDLE_JOINER, '')
		.replace(WHITE_SPACE, ' ')
		.trim();
}

/**
 * Text without white space and invisible characters at its ends; what stands inside is kept. It looks at the ends alone: an
 * expression would go through each long run of blanks inside from every place of it.
 */
export function trimmed(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && isHidden.test(text.charAt(start))) start++;
	while (end > start && isHidden.test(text.charAt(end - 1))) end--;
	return text.slice(start, end);
}

/** Text as it is written: visible only, composed (NFC), wide letters and digits made ordinary. Case is kept. */
export function tidyText(text: string): string {
	if (isPlain(text)) return text;
	return visibleText(text)
		.normalize('NFC')
		.replace(WIDE, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));
}

/** Text as it is compared: visible only, all wide and decorated forms made ordinary (NFKC). Case is kept. */
export function cleanText(text: string): string {
	if (isPlain(text)) return text;
	return visibleText(text).normalize('NFKC').replace(WHITE_SPACE, ' ').trim();
}

/** A text with what cannot be seen in it made visible: `per‹U+200B›son`, `⏎` for a line break. */
export function revealed(text: string): string {
	if (isPlain(text)) return text;
	const name = (sign: string) => `‹U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`;
	return text
		.replace(/\r\n?|\n/g, '⏎')
		.replace(IDLE_JOINER, (signs) => Array.from(signs, name).join(''))
		.replace(INVISIBLE, name)
		.replace(/[^\S ]/g, name);
}
