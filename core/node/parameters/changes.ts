import type { ServiceError } from '../../errors';
import type { ParameterReader } from './reader';

/** For an update whose "Update Fields" change nothing: that is a slip, and not a thing to send. */
export const noChanges = (item: ParameterReader): ServiceError =>
	item.fieldError('updateFields', 'names no field to change', 'Add at least one field.');
