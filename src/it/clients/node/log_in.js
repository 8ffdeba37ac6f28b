'use strict';
// memjs and memcache saying who they are, with the right password and a wrong one.
//
// Arguments: HOST:PORT USER:PASSWORD.

const [server, credentials] = process.argv.slice(2);
const [user, password] = credentials.split(':', 2);
process.argv[3] = server;
const { key, check, refused, library, run } = require('./acceptance');

const memjs = library('memjs');
const { createNode } = library('memcache');
const logger = { log() {} };
const connect = (username, pass) => memjs.Client.create(server, {
  username, password: pass, timeout: 5, conntimeout: 30, retries: 1, logger,
});

run(async () => {
  const client = connect(user, password);
  check('memjs: set', await client.set(key('k'), 'x'));
  check('memjs: get', String((await client.get(key('k'))).value), 'x');
  await refused('memjs: set with a wrong password', () => connect(user, 'wrong').set(key('k'), 'y'));
  await refused('memjs: set by nobody', () => connect().set(key('k'), 'y'));
  check('memjs: get after that', String((await client.get(key('k'))).value), 'x');

  const [host, port] = server.split(':');
  const node = (pass) => createNode(host, Number(port), { sasl: { username: user, password: pass } });
  const right = node(password);
  await right.connect();
  check('memcache: set', await right.binarySet(key('m'), 'x'));
  check('memcache: get', await right.binaryGet(key('m')), 'x');
  await refused('memcache: connect with a wrong password', async () => {
    const wrong = node('wrong');
    await wrong.connect();
    return wrong.binarySet(key('m'), 'y');
  });
});
