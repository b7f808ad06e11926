import { resource } from '../../../core/node/operation';
import { cancel, update } from './change.operations';
import { create, test } from './create.operations';
import { get, getAll, getStatistics } from './get.operations';

export const campaign = resource({
	name: 'Campaign',
	value: 'campaign',
	description: 'Emails to whole mailing lists',
	operations: [getAll, get, getStatistics, create, test, update, cancel],
});
