import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../errors';

/** What a create was about, for people. */
export interface Made {
	/** The service, as people know it. */
	service: string;
	/** With its name: `the domain example.com`. */
	what: string;
	/** The field that has to be another one, as the editor shows it. */
	field?: string;
}

/**
 * What has become of a create whose answer got lost, when something of the name that was asked for is there: it, when it
 * is what was asked for; else the error that it was there already, or was made by somebody else.
 *
 * @param asked all that a new one has, defaults included; what the service does not tell of is not compared.
 */
export function ownOrTheirs<T = IDataObject>(found: T, asked: object, made: Made): T | ServiceError {
	const different = differences(asked, found as object);
	return different.length === 0 ? found : wasThere(made, different);
}

/** The error that somebody else's is there. @param different the fields in which it is another one, where that is known */
export function wasThere({ service, what, field }: Made, different: string[] = []): ServiceError {
	const difference =
		different.length === 0
			? ''
			: `, and is not the one that was asked for: it differs in ${different.join(', ')}`;
	return new ServiceError({
		service,
		message: `${capital(what)} was there already${difference}`,
		remedy: 'Use the one that is there, or choose another name. Nothing was made.',
		outcome: 'refused',
		...(field === undefined ? {} : { field }),
	});
}

/** How far a service's clock and this one may be apart. */
const CLOCKS_APART_MS = 5 * 60_000;

/** Whether a record is older than a request. One that does not say when it was made is not. @param time RFC 3339 */
export const wasBefore = (time: unknown, requested: number): boolean =>
	typeof time === 'string' && Date.parse(time) < requested - CLOCKS_APART_MS;

/** The fields in which two records differ, of those that both have. Nothing, null and '' are the same. */
export function differences(asked: object, found: object): string[] {
	return Object.entries(asked)
		.filter(([name, value]) => Object.hasOwn(found, name) && !isSame(value, (found as IDataObject)[name]))
		.map(([name]) => name);
}

function isSame(asked: unknown, found: unknown): boolean {
	if (isEmpty(asked) || isEmpty(found)) return isEmpty(asked) && isEmpty(found);
	if (Array.isArray(asked) && Array.isArray(found))
		return asked.length === found.length && asked.every((one, at) => isSame(one, found[at]));
	if (typeof asked === 'object' && typeof found === 'object')
		return differences(asked as object, found as object).length === 0;
	return String(asked).toLowerCase() === String(found).toLowerCase();
}

const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
