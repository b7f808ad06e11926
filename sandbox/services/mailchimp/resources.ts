import { audienceTables } from './audienceTables';
import { automations } from './automations';
import { batches } from './batches';
import { bulk } from './bulk';
import { campaigns } from './campaigns';
import { ecommerce } from './ecommerce';
import { files } from './files';
import { folderTables } from './folders';
import { listActivity } from './listActivity';
import { lists } from './lists';
import { memberParts } from './memberParts';
import { members } from './members';
import { reports } from './reports';
import type { Resource } from './resource';
import { root } from './root';
import { segments } from './segments';
import { mountTables } from './table';
import { templates } from './templates';
import { webhooks } from './webhooks';

/** The resources of Mailchimp: functions that add their routes. A new one is a file and a line here. */
export const resources: Array<(resource: Resource) => void> = [
	root,
	lists,
	listActivity,
	bulk,
	members,
	memberParts,
	(resource) => mountTables(resource, audienceTables),
	segments,
	webhooks,
	batches,
	automations,
	files,
	ecommerce,
	campaigns,
	templates,
	reports,
	(resource) => mountTables(resource, folderTables),
];
