import { badRequest } from './errors';
import type { Item, Props } from './records';

interface Property {
	id: string;
	value: string;
}

type Carrier = Pick<Item, 'props' | 'isSubmitted'>;

/** What a message carries in MAPI properties of its own, its flags among them ([MS-OXCMSG] 2.2.1.6: mfSubmitted, mfUnsent). */
const carriedBy = ({ props, isSubmitted = false }: Carrier): Property[] => [
	...((props.singleValueExtendedProperties as Property[] | undefined) ?? []),
	{
		id: 'Integer 0x0E07',
		value: String(
			Number(props.isRead === true) + 4 * Number(isSubmitted) + 8 * Number(props.isDraft === true),
		),
	},
];

/** Headers that Exchange writes from properties ([MS-OXCMAIL]: PidTagInReplyToId, PidTagInternetReferences). */
const HEADERS: Record<string, string> = { 'String 0x1042': 'In-Reply-To', 'String 0x1039': 'References' };

export const threadHeadersOf = (item: Carrier): Array<{ name: string; value: string }> =>
	carriedBy(item).flatMap(({ id, value }) => {
		const name = HEADERS[id];
		return name === undefined ? [] : [{ name, value }];
	});

/** As the service writes them back: `SystemTime 0x3fef`, without zeros in front. */
const written = (id: string): string =>
	id.replace(/0x0*([0-9a-f]+)$/i, (_, tag: string) => `0x${tag.toLowerCase()}`);

/**
 * `$expand=singleValueExtendedProperties($filter=id eq '…' or id eq '…')`: without naming them there are none to be had
 * (learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get). @throws {GraphError} 400
 */
export function expandedOf(item: Carrier, expand: string): Props {
	const found = /singleValueExtendedProperties(?:\(\$filter=(.*)\))?/i.exec(expand);
	if (found === null) return {};
	const ids = [...(found[1] ?? '').matchAll(/id eq '([^']+)'/gi)].map(([, id]) => written(id!));
	if (ids.length === 0)
		throw badRequest('The extended properties to expand must be named by a filter.', 'ErrorInvalidArgument');
	const values = carriedBy(item)
		.map(({ id, value }) => ({ id: written(id), value }))
		.filter(({ id }) => ids.includes(id));
	return values.length === 0 ? {} : { singleValueExtendedProperties: values };
}
