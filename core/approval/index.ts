export { answerWebhooks, takeAnswer, waitingTooltip } from './answer';
export { approvalFields } from './fields';
export { readQuestion } from './question';
export { readWaitLimit } from './waitLimit';
