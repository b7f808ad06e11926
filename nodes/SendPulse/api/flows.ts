import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { offsetPagination } from '../../../core/http/pagination';

const flowPages = offsetPagination({ rows: 'data', offset: 'offset', limit: 'limit', maxSize: 100 });

/** https://sendpulse.com/integrations/api/a360: `GET /a360/autoresponders/list`. */
export const flowsOf = (client: Client, limit = Infinity): AsyncGenerator<IDataObject> =>
	client.pages('/a360/autoresponders/list', flowPages, {}, limit);
