'use strict';
// memcache: text protocol.

const crypto = require('node:crypto');
const { ONE, TWO, CLUSTER, key, check, eventually, refused, ask, library, run } = require('./acceptance');

const { Memcache } = library('memcache');
const connect = (...nodes) => new Memcache({ nodes, timeout: 30000, retries: 3, retryDelay: 50 });

run(async () => {
  const one = connect(ONE);
  const two = connect(TWO);

  check('set that expires', await one.set(key('short'), 'x', 1));

  for (const [name, value] of Object.entries({ text: '☃ snow', empty: '', lines: 'a\r\nEND\r\nb' })) {
    check(`set of ${name}`, await one.set(key(name), value));
    check(`get of ${name}`, await one.get(key(name)), value);
  }
  check('set with flags', await one.set(key('flags'), 'x', 0, 4294967295));
  check('get of a key that is not there', await one.get(key('absent')), undefined);

  const many = new Map(Array.from({ length: 500 }, (_, i) => [key(`many${i}`), `value ${i}`]));
  await Promise.all([...many].map(([k, v]) => one.set(k, v)));
  check('gets of 500', await one.gets([...many.keys(), key('absent')]), many);

  check('add where there is one', await one.add(key('text'), 'other'), false);
  check('add', await one.add(key('added'), 'b'));
  check('replace where there is none', await one.replace(key('absent'), 'x'), false);
  check('replace', await one.replace(key('added'), 'c'));
  check('append', await one.append(key('added'), 'd'));
  check('prepend', await one.prepend(key('added'), 'b'));
  check('get of all that', await one.get(key('added')), 'bcd');
  check('append where there is none', await one.append(key('absent'), 'x'), false);
  check('cas that loses', await one.cas(key('added'), 'lost', '1'), false); // it has no way to read one

  check('set of a count', await one.set(key('count'), '10'));
  check('incr', await one.incr(key('count'), 5), 15);
  check('decr below 0', await one.decr(key('count'), 100), 0);
  await refused('incr where there is none', () => one.incr(key('absent'), 1));
  await refused('incr of text', () => one.incr(key('added'), 1));

  check('touch', await one.touch(key('text'), 10000));
  check('touch where there is none', await one.touch(key('absent'), 10000), false);
  check('delete', await one.delete(key('added')));
  check('delete where there is none', await one.delete(key('added')), false);

  const large = crypto.randomBytes(450000).toString('hex');
  check('set of 900 kB', await one.set(key('large'), large));
  check('get of 900 kB', await one.get(key('large')), large);

  for (const name of ['!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', 'Schlüssel', 'l'.repeat(200)]) {
    check(`set of the key ${name}`, await one.set(key(name), name));
    check('get of it', await one.get(key(name)), name);
  }

  await eventually('text on node two', '☃ snow', () => two.get(key('text')));
  await eventually('900 kB on node two', large, () => two.get(key('large')));
  await eventually('delete on node two', undefined, () => two.get(key('added')));

  check('version', [...(await one.version()).values()].every((v) => / 1\.6\./.test(v)));
  check('stats', [...(await one.stats()).values()].every((s) => Number(s.cmd_get) > 0));
  check('stats settings', [...(await one.stats('settings')).values()].map((s) => s.maxconns), ['1024']);

  await eventually('set that expires is gone', undefined, () => one.get(key('short')));

  // Two nodes in one client, spread by ketama: no harm where both hold all.
  const both = CLUSTER ? connect(ONE, TWO) : one;
  for (let i = 0; i < 20; i++) {
    check(`set ${i} by both`, await both.set(key(`ring${i}`), `${i}`));
    await eventually(`get ${i} on node one`, `${i}`, () => one.get(key(`ring${i}`)));
    await eventually(`get ${i} on node two`, `${i}`, () => two.get(key(`ring${i}`)));
  }

  await ask('restart');
  await eventually('set after the restart', true, () => one.set(key('after'), 'x'));
  check('get after the restart', await one.get(key('after')), 'x');
  if (CLUSTER) {
    check('what was there before', await one.get(key('text')), '☃ snow');
  }
  await eventually('set by both after the restart', true, () => both.set(key('ring0'), 'again'));

  await ask('flush');
  check('set before flush', await one.set(key('flushed'), 'x'));
  check('flush', await one.flush());
  check('get after flush', await one.get(key('flushed')), undefined);
  await eventually('on node two as well', undefined, () => two.get(key('after')));
  await one.disconnect();
});
