import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { ErrorMapper } from '../../../core/http/classify';
import { isData } from '../../../core/http/response';
import { lookUp } from '../../../core/lookUp';
import { TITLES, WORDS, whereToLook, type Meaning } from './titles';

interface FieldFault {
	field: string;
	message: string;
}

const faultsIn = (body: IDataObject): FieldFault[] =>
	(Array.isArray(body.errors) ? (body.errors as IDataObject[]) : [])
		.filter(isData)
		.map(({ field, message }) => ({ field: String(field ?? ''), message: String(message ?? '') }));

/** `FNAME: Please enter a value; …` */
const inWords = (faults: FieldFault[]): string =>
	faults.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ');

/** What Mailchimp says of one contact, by its title, its words and the fields it names. */
export function meaningOf(title: string, detail: string, faults: FieldFault[] = []): Meaning {
	const key = title.toLowerCase().replaceAll(/[^a-z]|\bin\b/g, '');
	if (/merge fields were invalid/i.test(detail)) return ofMergeFields(faults);
	const byWords = WORDS.find(([said]) => said.test(detail))?.[1];
	const known = lookUp(TITLES, key) ?? byWords;
	if (known) return known;
	const [first] = faults;
	return {
		message:
			first && first.field !== ''
				? `Mailchimp refused the value of “${first.field}”`
				: 'Mailchimp refused the request',
		remedy: 'Do what Mailchimp’s own words below say.',
		...(first && first.field !== '' ? { field: first.field } : {}),
	};
}

function ofMergeFields(faults: FieldFault[]): Meaning {
	const [first] = faults;
	if (!first)
		return {
			message: 'Mailchimp refused a merge field',
			remedy: 'Check the merge fields of this contact.',
			field: 'Merge Fields',
		};
	const isMissing = /enter a value|should not be blank/i.test(first.message);
	return {
		message: isMissing
			? `The audience requires the merge field ${first.field}, and this contact has no value for it`
			: `Mailchimp does not take the value of the merge field ${first.field}: ${first.message}`,
		remedy: isMissing
			? 'Fill it in, make it optional in Mailchimp (Audience, Settings, Audience fields), or add the option Skip Merge Validation.'
			: 'Give the value as the type of the field wants it: a date as 2026-11-26, a birthday as 11/26, one of the choices of a dropdown, an address with street, city, state and ZIP.',
		field: `Merge Fields: ${first.field}`,
	};
}

/** Problem documents (https://mailchimp.com/developer/marketing/docs/errors/), and the refusals that have no body. */
export const explain: ErrorMapper = ({ status, body }, { path }) => {
	if (status < 300) return undefined;
	if (!isData(body) || (body.title === undefined && body.detail === undefined)) {
		// “At very high volume” both come without a body (https://mailchimp.com/developer/marketing/docs/fundamentals/#throttling).
		const isEmpty =
			body === undefined || body === null || body === '' || (isData(body) && Object.keys(body).length === 0);
		return status === 403 && isEmpty ? { action: 'rateLimited', ...THROTTLED } : undefined;
	}
	const title = String(body.title ?? '');
	const detail = String(body.detail ?? '');
	const faults = faultsIn(body);
	const said = [detail, inWords(faults)].filter((part) => part !== '').join(' ');
	const facts = { code: title, said, isOwn: true };
	if (status === 429) return { ...facts, ...THROTTLED };
	if (status >= 500) return facts;
	return { ...facts, ...meaningOf(title, detail, faults), ...whereToLook(status, path) };
};

const THROTTLED = {
	message: 'Mailchimp is receiving too many requests of this user',
	remedy:
		'Run it again later. A user may have ten requests under way at a time, over all keys and programs: use a user of its own for n8n.',
	canRetry: true,
};

/** The error of one contact in an answer about many. */
export function memberError({
	error,
	error_code: code,
	field,
	field_message: words,
}: IDataObject): ServiceError {
	const detail = String(error ?? '');
	const faults = field ? [{ field: String(field), message: String(words ?? '') }] : [];
	return new ServiceError({
		service: 'Mailchimp',
		code: String(code ?? ''),
		said: [detail, inWords(faults)].filter((part) => part !== '').join(' '),
		...meaningOf('', detail, faults),
	});
}
