import { alimail } from './alimail';
import { aokSend } from './aoksend';
import { mailchimp } from './mailchimp';
import { outlook } from './outlook';
import { postmark } from './postmark';
import { sendPulse } from './sendpulse';

/** The stand-ins of the sandbox, in the order of the page. A new one is its folder and a line here. */
export const services = [alimail, postmark, mailchimp, aokSend, sendPulse, outlook] as const;
