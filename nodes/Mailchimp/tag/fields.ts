import type { ParameterReader } from '../../../core/node/parameters/reader';
import { locator } from '../../../core/node/locator';
import { pickedNumber } from '../ids';

export const tagLocator = locator({
	displayName: 'Tag',
	name: 'tag',
	description: 'The tag, by its name from the list or by its number',
	search: 'searchTags',
	example: '2901',
});

export const tagId = (item: ParameterReader): string =>
	pickedNumber(
		item,
		'tag',
		'Choose the tag from the list, or enter its number, which Tag → Get Many shows as “id”. To tag by name, use Member → Create or Update.',
	);
