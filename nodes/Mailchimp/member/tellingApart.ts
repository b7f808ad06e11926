import { ServiceError, toServiceError } from '../../../core/errors';
import { failed, type ItemResult } from '../../../core/node/operation';
import { counted } from '../../../core/text';
import { addressKey } from '../ids';

interface Addressed {
	email_address: string;
}

/** Requests beyond the first for one chunk: enough to find four contacts of 500. */
const MOST_MORE = 2 * Math.ceil(Math.log2(500)) * 4;

/**
 * Tells Mailchimp of contacts in one request. When it refuses the request whole because a value has the wrong shape, nothing was
 * done, and the words do not say for certain whose value it is: each half is told for itself, until the contacts at fault stand
 * alone and all others are in. That has an end where too many are at fault.
 * @param tell the request; it answers by address
 * @returns the answer for each contact, by its address; what fails for another reason fails for all of them at once
 */
export async function tellingApart<C extends Addressed>(
	contacts: C[],
	tell: (contacts: C[]) => Promise<Map<string, ItemResult>>,
): Promise<Map<string, ItemResult>> {
	let left = MOST_MORE;
	const settle = async (some: C[]): Promise<Map<string, ItemResult>> => {
		try {
			return await tell(some);
		} catch (error) {
			const refusal = toServiceError(error, 'unknown');
			if (!isAboutValues(refusal) || some.length === 1 || left < 2)
				return forAll(some, some.length === 1 ? refusal : ofMany(refusal, some.length));
			left -= 2;
			return await inHalves(some);
		}
	};
	const inHalves = async (some: C[]) => {
		const middle = Math.ceil(some.length / 2);
		const first = await settle(some.slice(0, middle));
		return new Map([...first, ...(await settle(some.slice(middle)))]);
	};
	return await settle(contacts);
}

const forAll = (contacts: Addressed[], error: ServiceError) =>
	new Map(contacts.map(({ email_address: address }) => [addressKey(address), failed(error)]));

/**
 * A body that does not fit the description of the resource. Its words are those of Mailchimp's glossary
 * (https://mailchimp.com/developer/marketing/docs/errors/, under InvalidResource); how it names a contact of many is not public.
 */
const isAboutValues = ({ facts: { status, code, said, outcome } }: ServiceError): boolean =>
	status === 400 &&
	outcome === 'refused' &&
	code === 'Invalid Resource' &&
	/could not be validated/i.test(said ?? '');

const ofMany = (refusal: ServiceError, contacts: number): ServiceError =>
	isAboutValues(refusal)
		? refusal.with({
				message: `Mailchimp refused ${counted(contacts, 'contact')} together: values of many of them have the wrong shape`,
				remedy:
					'Nothing was done for these. Read Mailchimp’s own words below, correct the column, and run these items again.',
			})
		: refusal;
