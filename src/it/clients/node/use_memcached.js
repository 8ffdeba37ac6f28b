'use strict';
// memcached (node-memcached): text protocol.

const crypto = require('node:crypto');
const util = require('node:util');
const { ONE, TWO, CLUSTER, key, check, eventually, refused, ask, library, run } = require('./acceptance');

const Memcached = library('memcached');
const COMMANDS = ['get', 'gets', 'getMulti', 'set', 'add', 'replace', 'append', 'prepend', 'cas', 'incr', 'decr',
  'touch', 'del', 'version', 'stats', 'settings', 'items', 'slabs', 'flush'];

/** Returns a client whose commands return promises. */
function connect(...nodes) {
  const client = new Memcached(nodes, {
    timeout: 30000, retries: 0, retry: 20, reconnect: 20, failures: 1000, idle: 60000, maxValue: 1048576,
  });
  return Object.fromEntries([...COMMANDS.map((c) => [c, util.promisify(client[c]).bind(client)]),
    ['end', () => client.end()]]);
}

run(async () => {
  const one = connect(ONE);
  const two = connect(TWO);

  check('set that expires', await one.set(key('short'), 'x', 1));

  const values = {
    object: { name: 'Grüße', list: [1, 2.5, null] }, text: '☃ snow', number: 4711, true: true,
    bytes: Buffer.from([0, 255, 13, 10]), empty: '',
  };
  for (const [name, value] of Object.entries(values)) {
    check(`set of ${name}`, await one.set(key(name), value, 0));
    check(`get of ${name}`, await one.get(key(name)), value);
  }
  check('get of a key that is not there', await one.get(key('absent')), undefined);

  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [key(`many${i}`), `value ${i}`]));
  await Promise.all(Object.entries(many).map(([k, v]) => one.set(k, v, 0)));
  check('getMulti of 500', await one.getMulti([...Object.keys(many), key('absent')]), many);

  await refused('add where there is one', () => one.add(key('text'), 'other', 0));
  check('add', await one.add(key('added'), 'b', 0));
  await refused('replace where there is none', () => one.replace(key('absent'), 'x', 0));
  check('replace', await one.replace(key('added'), 'c', 0));
  check('append', await one.append(key('added'), 'd'));
  check('prepend', await one.prepend(key('added'), 'b'));
  check('get of all that', await one.get(key('added')), 'bcd');
  await refused('append where there is none', () => one.append(key('absent'), 'x'));

  const seen = await one.gets(key('added'));
  check('gets', seen[key('added')], 'bcd');
  check('cas that wins', await one.cas(key('added'), 'won', seen.cas, 0));
  await refused('cas that loses', () => one.cas(key('added'), 'lost', seen.cas, 0));
  check('get after them', await one.get(key('added')), 'won');

  check('set of a count', await one.set(key('count'), 10, 0));
  check('incr', await one.incr(key('count'), 5), 15);
  check('decr below 0', await one.decr(key('count'), 100), 0);
  await refused('incr where there is none', () => one.incr(key('absent'), 1));
  await refused('incr of text', () => one.incr(key('added'), 1));

  check('touch', await one.touch(key('text'), 10000));
  await refused('touch where there is none', () => one.touch(key('absent'), 10000));
  check('del', await one.del(key('added')));
  await refused('del where there is none', () => one.del(key('added')));

  const large = crypto.randomBytes(450000).toString('hex');
  check('set of 900 kB', await one.set(key('large'), large, 0));
  check('get of 900 kB', await one.get(key('large')), large);

  for (const name of ['!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', 'Schlüssel', 'ключ☃', 'l'.repeat(200)]) {
    check(`set of the key ${name}`, await one.set(key(name), name, 0));
    check('get of it', await one.get(key(name)), name);
  }

  await eventually('object on node two', values.object, () => two.get(key('object')));
  await eventually('900 kB on node two', large, () => two.get(key('large')));
  await eventually('delete on node two', undefined, () => two.get(key('added')));
  const unique = (await one.gets(key('text'))).cas;
  await eventually('the same cas unique on both', unique, async () => (await two.gets(key('text'))).cas);
  check('cas of node one\'s unique on node two', await two.cas(key('text'), 'from two', unique, 0));
  await eventually('it on node one', 'from two', () => one.get(key('text')));

  check('version', (await one.version())[0].version.startsWith('1.6.'));
  check('stats', (await one.stats())[0].cmd_get > 0);
  check('settings', Number((await one.settings())[0].maxconns), 1024);
  check('items', Object.keys((await one.items())[0]).length > 0);
  check('slabs', Object.keys((await one.slabs())[0]).length > 0);

  await eventually('set that expires is gone', undefined, () => one.get(key('short')));

  // Two nodes in one client, spread over a hash ring: no harm where both hold all.
  const both = connect(ONE, TWO);
  for (let i = 0; i < 20; i++) {
    check(`set ${i} by both`, await both.set(key(`ring${i}`), i, 0));
    await eventually(`get ${i} on node one`, i, () => one.get(key(`ring${i}`)));
    await eventually(`get ${i} on node two`, i, () => two.get(key(`ring${i}`)));
  }

  await ask('restart');
  await eventually('set after the restart', true, () => one.set(key('after'), 'x', 0));
  check('get after the restart', await one.get(key('after')), 'x');
  if (CLUSTER) {
    check('what was there before', await one.get(key('object')), values.object);
  }
  await eventually('set by both after the restart', true, () => both.set(key('ring0'), 'again', 0));

  await ask('flush');
  check('set before flush', await one.set(key('flushed'), 'x', 0));
  check('flush', (await one.flush()).every(Boolean));
  check('get after flush', await one.get(key('flushed')), undefined);
  await eventually('on node two as well', undefined, () => two.get(key('after')));
  one.end();
});
