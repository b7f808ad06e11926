import type { Service } from '../../../sandbox/shell/standIn';
import type { Scenes } from '../scene';
import { alimail } from './alimail';
import { aoksend } from './aoksend';
import { mailchimp } from './mailchimp';
import { outlook } from './outlook';
import { postmark } from './postmark';
import { sendpulse } from './sendpulse';

/** The scenes of each service, by the name of its stand-in. */
export const allScenes: Record<string, Scenes<Service>> = {
	alimail: alimail as Scenes<Service>,
	mailchimp: mailchimp as Scenes<Service>,
	postmark: postmark as Scenes<Service>,
	aoksend: aoksend as Scenes<Service>,
	sendpulse: sendpulse as Scenes<Service>,
	outlook: outlook as Scenes<Service>,
};
