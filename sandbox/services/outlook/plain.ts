import { type Api, type Asked, listOf } from './api';
import { badRequest, GraphError, notFound } from './errors';
import { messageView } from './messageView';
import { select } from './odata';
import type { Item, Props } from './records';
import type { Store } from './store';

/** A kind of records without much behaviour: contacts, their folders, calendars, categories, rules. */
interface Kind {
	/** Its list: `/contacts`. */
	path: string;
	/** The parameter that stands for one of them. */
	parameter: string;
	store(asked: Asked): Store;
	required: readonly string[];
	/** What a new one has that says nothing else. */
	defaults?: Props;
	/** A field of which no two may have the same value, and the code of the refusal. */
	unique?: [field: string, code: string];
	/** Fields that a change may not name. */
	fixed?: readonly string[];
	/** The folder of the list, for those that have one. */
	folder?(asked: Asked): string;
	/** What keeps one from being deleted. */
	isKept?(item: Item): boolean;
	permanent?: boolean;
	/** Whether it tells its folder and when it was made, as contacts do and calendars do not. */
	isItem?: boolean;
	/** What comes of a change besides. @throws {GraphError} for one that is not taken */
	onChange?(item: Item, asked: Asked): void;
}

export function plainRoutes(api: Api, kind: Kind): void {
	const { path, parameter, store, folder } = kind;
	const one = (asked: Asked): Item => {
		const found = store(asked).find(asked.params[parameter] ?? '');
		if (found === undefined) throw notFound();
		return found;
	};
	const view = (item: Item, asked: Asked): Props => viewOf(item, asked, kind.isItem === true);
	api.on('GET', path, (asked) => {
		const all = folder === undefined ? [...store(asked).items.values()] : store(asked).in(folder(asked));
		// A filter sees more than is told.
		const rows = all.map((item) => ({
			...view(item, asked),
			singleValueExtendedProperties: item.props.singleValueExtendedProperties ?? [],
		}));
		const list = listOf(rows, asked, api.url);
		return {
			...list,
			value: (list.value as Props[]).map(({ singleValueExtendedProperties: _own, ...row }) => row),
		};
	});
	api.on('POST', path, (asked) => {
		for (const field of kind.required)
			if (asked.body[field] === undefined || asked.body[field] === '')
				throw badRequest(`Required property '${field}' is missing.`, 'ErrorInvalidArgument');
		demandFree(kind, asked);
		asked.reply.code(201);
		return view(store(asked).add(folder?.(asked) ?? '', { ...kind.defaults, ...asked.body }), asked);
	});
	if (path.split('/').length > 2 && !path.startsWith('/mailFolders') && !path.startsWith('/outlook')) return;
	api.on('GET', `${path}/:${parameter}`, (asked) =>
		select(view(one(asked), asked), asked.query.$select, asked.query.$expand),
	);
	api.on('PATCH', `${path}/:${parameter}`, (asked) => {
		const item = one(asked);
		const fixed = (kind.fixed ?? []).find((field) => asked.body[field] !== undefined);
		if (fixed !== undefined)
			throw badRequest(`The property '${fixed}' cannot be changed.`, 'ErrorInvalidArgument');
		kind.onChange?.(item, asked);
		store(asked).touch(item, asked.body);
		return view(item, asked);
	});
	const remove = (asked: Asked) => {
		const item = one(asked);
		if (kind.isKept?.(item))
			throw new GraphError(403, 'ErrorCannotDeleteObject', 'The object cannot be deleted.');
		store(asked).remove(item);
		asked.reply.code(204);
		return undefined;
	};
	api.on('DELETE', `${path}/:${parameter}`, remove);
	if (kind.permanent) api.on('POST', `${path}/:${parameter}/permanentDelete`, remove);
}

function demandFree({ unique, store }: Kind, asked: Asked): void {
	if (unique === undefined) return;
	const [field, code] = unique;
	const wanted = String(asked.body[field] ?? '').toLowerCase();
	if (
		[...store(asked).items.values()].some(({ props }) => String(props[field] ?? '').toLowerCase() === wanted)
	)
		throw new GraphError(409, code, `One of this ${field} exists already.`);
}

function viewOf(item: Item, asked: Asked, hasParent: boolean): Props {
	const {
		bodyPreview: _preview,
		hasAttachments: _has,
		parentFolderId,
		createdDateTime,
		lastModifiedDateTime,
		changeKey,
		...rest
	} = messageView(item, asked);
	return {
		...rest,
		...(hasParent ? { parentFolderId, createdDateTime, lastModifiedDateTime, changeKey } : {}),
	};
}
