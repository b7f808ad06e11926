import { all, any, equal, not, present, type Filter } from '../filter/filter';
import { groupFilter } from '../group/group';
import { modelOf } from '../user/model';
import type { ServerKind } from '../wire/serverInfo';

/** What changes can be asked for. */
export type Watched = 'user' | 'group' | 'computer' | 'unit' | 'any';

/** Entries of one kind that are there. */
export function presentFilter(watched: Watched, server: ServerKind): Filter {
	switch (watched) {
		case 'user':
			return modelOf(server).filter;
		case 'group':
			return groupFilter(server);
		case 'computer':
			return equal('objectClass', server === 'activeDirectory' ? 'computer' : 'device');
		case 'unit':
			return unitFilter;
		default:
			return present('objectClass');
	}
}

/** What people stand in. */
export const unitFilter: Filter = any(
	equal('objectClass', 'organizationalUnit'),
	equal('objectClass', 'container'),
);

/** The same of Active Directory's deleted entries, which have kept their classes and nothing else to tell them by. */
export function deletedFilter(watched: Watched): Filter {
	const computer = equal('objectClass', 'computer');
	if (watched === 'user') return all(equal('objectClass', 'user'), not(computer));
	if (watched === 'group') return equal('objectClass', 'group');
	return watched === 'computer' ? computer : watched === 'unit' ? unitFilter : present('objectClass');
}
