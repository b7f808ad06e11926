import type { ParameterReader } from '../../../core/node/parameters/reader';

/** The fields added to a department's collection, as the API takes them. */
export function readDepartment(fields: ParameterReader): Record<string, string | boolean | string[]> {
	return {
		...(fields.value('isHidden') === undefined ? {} : { isHidden: fields.boolean('isHidden') }),
		...(fields.value('email') === undefined ? {} : { email: fields.text('email') }),
		...(fields.value('managers') === undefined ? {} : { managers: fields.list('managers') }),
	};
}
