// What the provisioning tests ask of node's package `soap`: arguments PACKAGE URL CONTEXT MASTER BOSS PASSWORD.
import { createRequire } from 'node:module';

const [, , path, url, context, master, boss, password] = process.argv;
const soap = createRequire(import.meta.url)(path);
const open = (service) => soap.createClientAsync(`${url}/webservices/${service}?wsdl`);
const contexts = await open('OXContextService');
const users = await open('OXUserService');
const asMaster = { login: master, password };
const asBoss = { login: boss, password };
const ctx = { id: Number(context) };
const person = (name, more) => ({ name, password, display_name: `${name} Test`, given_name: name, sur_name: 'Test',
  primaryEmail: `${name}@example.test`, email1: `${name}@example.test`, ...more });
const ask = async (client, operation, data) => (await client[`${operation}Async`](data))[0]?.return;
const faultOf = async (client, operation, data) => {
  try {
    await ask(client, operation, data);
  } catch (problem) {
    return Object.keys(problem.root.Envelope.Body.Fault.detail)[0].replace(/^.*:/, '');
  }
  return '';
};

const told = { operations: Object.keys(Object.values(contexts.describe().OXContextService)[0]).length };
const made = await ask(contexts, 'create', { ctx: { ...ctx, name: `node${context}`, maxQuota: 100,
  userAttributes: { entries: [{ key: 'config', value: { entries: [{ key: 'a', value: '<&>' }] } }] } },
  admin_user: person(boss), auth: asMaster });
told.context = made.id;
told.attribute = (await ask(contexts, 'getData', { ctx, auth: asMaster })).userAttributes.entries[0].value.entries[0].value;
const anna = await ask(users, 'create', { ctx, usrdata: person('anna', { company: 'Äpfel & Söhne', birthday: '1980-02-29',
  aliases: ['a1@example.test', 'a2@example.test'] }), auth: asBoss });
told.user = anna.id;
const read = await ask(users, 'getData', { ctx, user: { name: 'anna' }, auth: asBoss });
Object.assign(told, { company: read.company, aliases: read.aliases.length, password: read.password ?? null });
told.listed = (await ask(users, 'listAll', { ctx, auth: asBoss })).map((user) => user.id);
told.faults = [
  await faultOf(users, 'getData', { ctx, user: { name: 'nobody' }, auth: asBoss }),
  await faultOf(contexts, 'getData', { ctx, auth: { login: master, password: 'wrong' } }),
  await faultOf(contexts, 'create', { ctx, admin_user: person(boss), auth: asMaster }),
];
const jobs = await open('OXTaskMgmtService');
const job = await ask(contexts, 'moveContextFilestore', { ctx, dst_filestore_id: { id: 0 }, auth: asMaster });
const seen = await ask(jobs, 'getTaskResults', { auth: asMaster, id: job });
Object.assign(told, { job: seen.id === job, jobContext: seen.contextId, jobOperation: seen.operation });
await ask(jobs, 'deleteJob', { auth: asMaster, id: job });
told.jobFault = await faultOf(jobs, 'getTaskResults', { auth: asMaster, id: job });
const imported = await ask(await open('UserImportService'), 'importUsers', { ctx, csv: 'login\nnoded\n', auth: asBoss, dry_run: true });
told.imported = imported.lines.map((line) => `${line.line} ${line.login} ${line.action}`);
await ask(users, 'delete', { ctx, user: { id: anna.id }, auth: asBoss });
told.left = (await ask(users, 'listAll', { ctx, auth: asBoss })).map((user) => user.id);
await ask(contexts, 'delete', { ctx, auth: asMaster });
told.exists = await ask(contexts, 'exists', { ctx, auth: asMaster });
console.log(JSON.stringify(told));
