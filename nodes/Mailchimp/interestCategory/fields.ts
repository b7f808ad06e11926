import { locator } from '../../../core/node/locator';
import type { ParameterReader } from '../../../core/node/parameters/reader';

export const categoryLocator = locator({
	displayName: 'Interest Category',
	name: 'category',
	description:
		'The category, which signup forms show above its interests; by its title from the list or by its ID',
	search: 'searchCategories',
	example: 'a1b2c3d4e5',
});

/** The ID of a category or an interest; its name in that place is a mistake worth naming. */
export function interestId(item: ParameterReader, name: 'category' | 'interest'): string {
	const id = item.resourceId(name);
	if (!/^\w{6,40}$/.test(id))
		throw item.fieldError(
			name,
			`is not an ID: “${id}”`,
			'Choose it from the list, or enter its ID, which Get Many shows as “id”. It is not its name.',
		);
	return id;
}
