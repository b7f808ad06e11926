import { resource } from '../../../core/node/operation';
import { getOverview } from './getOverview.operation';
import { getSeries } from './getSeries.operation';

export const statistics = resource({
	name: 'Statistics',
	value: 'statistics',
	description: 'How many emails were sent, came back, were opened and clicked',
	operations: [getOverview, getSeries],
});
