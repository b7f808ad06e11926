import { locator } from '../../../core/node/locator';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { pickedId } from '../ids';

export const categoryLocator = locator({
	displayName: 'Interest Category',
	name: 'category',
	description:
		'The category, which signup forms show above its interests; by its title from the list or by its ID',
	search: 'searchCategories',
	example: 'a1b2c3d4e5',
});

export const interestId = (item: ParameterReader, name: 'category' | 'interest'): string =>
	pickedId(
		item,
		name,
		'Choose it from the list, or enter its ID, which Get Many shows as “id”. It is not its name.',
	);
