export { type Parsed, type TemplateProblem, parseTemplate, placeholdersIn } from './parse';
export { type Model, renderTemplate } from './render';
export { suggestModel } from './suggest';
