import { alimail } from './alimail';
import { aokSend } from './aoksend';
import { mailchimp } from './mailchimp';
import { postmark } from './postmark';

/** The stand-ins of the sandbox, in the order of the page. A new one is its folder and a line here. */
export const services = [alimail, postmark, mailchimp, aokSend] as const;
