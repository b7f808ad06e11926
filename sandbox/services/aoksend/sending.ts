import { Refusal } from './errors';
import type { Form, SentFile } from './form';
import type { AokSendSettings } from './settings';

/** The three services of the vendor, each with an account of its own. */
export type Product = 'aoksend' | 'aotsend' | 'fengemail';

export interface StoredMail {
	id: string;
	at: number;
	product: Product;
	to: string;
	replyTo: string;
	alias: string;
	isRandom: boolean;
	/** Of an email by template. */
	template?: string;
	data?: Record<string, unknown>;
	attachment?: SentFile;
	/** Of an email with words of its own. */
	subject?: string;
	html?: string;
}

/** What a request is checked against. */
export interface Accounts {
	readonly settings: AokSendSettings;
	readonly appKeys: Record<Product, string>;
	readonly templates: ReadonlyMap<string, unknown>;
	balanceOf(product: Product): number;
}

const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+$/;
const FILE_TYPES = /\.(?:zip|rar|pdf|jpe?g|png|gif|mp4|txt|csv|docx?|xlsx?|pptx?)$/i;
const MAX_FILE_BYTES = 1024 * 1024;

/** The request as a mail to be sent. @throws {Refusal} with the family's code */
export function readMail(form: Form, product: Product, service: Accounts): Omit<StoredMail, 'id' | 'at'> {
	const { fields } = form;
	demandKey(fields.app_key, product, service);
	const words = product === 'fengemail' ? readWords(form) : { template: readTemplate(fields, service) };
	const to = readRecipient(fields.to);
	const replyTo = fields.reply_to ?? '';
	if (replyTo !== '' && !ADDRESS.test(replyTo)) throw new Refusal(40006, 'reply_to format error');
	if (service.balanceOf(product) < 1) throw new Refusal(40007, 'insufficient balance');
	const own = {
		product,
		to,
		replyTo,
		alias: fields.alias ?? '',
		isRandom: fields.is_random === '1',
		...words,
	};
	if (product === 'fengemail') return own;
	const attachment = readAttachment(form, product, service);
	return { ...own, data: readData(fields.data), ...(attachment ? { attachment } : {}) };
}

export function demandKey(key: string | undefined, product: Product, service: Accounts): void {
	if (!key) throw new Refusal(40001, 'app_key can not be empty');
	if (key !== service.appKeys[product]) throw new Refusal(40002, 'app_key error');
}

function readTemplate({ template_id: id }: Form['fields'], { templates }: Accounts): string {
	if (!id || !templates.has(id)) throw new Refusal(40003, 'template_id error');
	return id;
}

/** One address: whether several are taken is not known, so here they are not. */
function readRecipient(to = ''): string {
	if (to === '') throw new Refusal(40004, 'to can not be empty');
	if (!ADDRESS.test(to)) throw new Refusal(40005, 'to format error');
	return to;
}

function readData(text: string | undefined): Record<string, unknown> {
	if (text === undefined || text === '') return {};
	try {
		const data: unknown = JSON.parse(text);
		if (typeof data === 'object' && data !== null && !Array.isArray(data))
			return data as Record<string, unknown>;
	} catch {
		// Answered below like any other text that is no object.
	}
	throw new Refusal(40008, 'data format error');
}

/** The English service documents no attachment: it is not looked at there. */
function readAttachment({ files }: Form, product: Product, { settings }: Accounts): SentFile | undefined {
	const file = product === 'aoksend' ? files.attachment : undefined;
	if (file === undefined) return undefined;
	if (!settings.isPaying || file.bytes > MAX_FILE_BYTES || !FILE_TYPES.test(file.name))
		throw new Refusal(40009, 'attachment error');
	return file;
}

/** The enterprise edition's page names these two; how it refuses their absence is not published. */
function readWords({ fields }: Form): { subject: string; html: string } {
	const { subject = '', html = '' } = fields;
	if (subject === '') throw new Refusal(40003, 'subject can not be empty');
	if (html === '') throw new Refusal(40003, 'html can not be empty');
	return { subject, html };
}
