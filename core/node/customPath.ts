import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from './parameters/reader';

/** The field for the path of a request that has no operation of its own. */
export const customPathField = (placeholder: string): INodeProperties => ({
	displayName: 'Path',
	name: 'path',
	type: 'string',
	required: true,
	default: '',
	placeholder,
	description: 'The address below the service’s base URL, starting with a slash, without a query',
});

/**
 * A path as a user typed it. It goes out as it is, so nothing in it may lead to another place: neither for the URL parser,
 * which takes “\” for a slash and “%2e” for a dot, nor for a server or proxy that decodes once more or reads “..;” as a step up.
 *
 * @param rest the field for what follows a question mark
 * @throws {ServiceError} in words, about the field
 */
export function readCustomPath(item: ParameterReader, rest: string): string {
	const path = item.requiredText('path');
	if (!/^\/(?!\/)[^?#\\\s\u0000-\u001f\u007f]*$/.test(path))
		throw item.fieldError(
			'path',
			`must start with one slash and have no spaces, no “\\”, “?” or “#”: “${path}”`,
			`Enter only the path. What follows a question mark belongs to ${rest}.`,
		);
	if (climbs(path))
		throw item.fieldError(
			'path',
			`must not lead out of the service’s base URL by steps such as “..” or “%2e%2e”: “${path}”`,
			'Enter the path as the service documents it, from the first slash on.',
		);
	return path;
}

function climbs(path: string): boolean {
	return decoded(path)
		.split(/[/\\]/)
		.some((segment) => /^\.\.?$/.test(segment.replace(/;.*|[\s\u0000-\u001f]+/g, '')));
}

/** As often as it is encoded. Letters outside of ASCII take no part in a step up and stay as they are. */
function decoded(text: string): string {
	const once = text.replace(/%([0-7][\da-f])/gi, (_, code: string) =>
		String.fromCharCode(parseInt(code, 16)),
	);
	return once === text ? text : decoded(once);
}
