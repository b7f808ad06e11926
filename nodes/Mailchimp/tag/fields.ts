import type { ParameterReader } from '../../../core/node/parameters/reader';
import { locator } from '../../../core/node/locator';

export const tagLocator = locator({
	displayName: 'Tag',
	name: 'tag',
	description: 'The tag, by its name from the list or by its number',
	search: 'searchTags',
	example: '2901',
});

/** The number of a tag; its name in that place is a mistake worth naming. */
export function tagId(item: ParameterReader): string {
	const id = item.resourceId('tag');
	if (!/^\d{1,15}$/.test(id))
		throw item.fieldError(
			'tag',
			`is not a number: “${id}”`,
			'Choose the tag from the list, or enter its number, which Tag → Get Many shows as “id”. To tag by name, use Member → Create or Update.',
		);
	return id;
}
