<?php
// php-memcached: libmemcached for PHP, text and binary protocol.

require __DIR__ . '/acceptance.php';

function connect(string ...$nodes): Memcached
{
    $client = new Memcached();
    $client->setOptions([
        Memcached::OPT_BINARY_PROTOCOL => PROTOCOL === 'binary',
        Memcached::OPT_TCP_NODELAY => true,
        Memcached::OPT_CONNECT_TIMEOUT => 30_000,
        Memcached::OPT_SEND_TIMEOUT => 30_000_000,
        Memcached::OPT_RECV_TIMEOUT => 30_000_000,
        Memcached::OPT_POLL_TIMEOUT => 30_000,
        Memcached::OPT_RETRY_TIMEOUT => 0,
        Memcached::OPT_LIBKETAMA_COMPATIBLE => true,
    ]);
    foreach ($nodes as $node) {
        [$host, $port] = explode(':', $node);
        $client->addServer($host, (int) $port);
    }
    return $client;
}

$one = connect(ONE);
$two = connect(TWO);

check('set that expires', $one->set(key_for('short'), 'x', 1));

$thing = ['name' => 'Grüße', 'list' => [1, 2.5, null, "\0\r\n"]];
$values = ['object' => $thing, 'text' => '☃ snow', 'empty' => '', 'int' => 4711, 'float' => 0.25,
    'true' => true, 'date' => new DateTimeImmutable('2026-01-01T00:00:00Z')];
foreach ($values as $name => $value) {
    check("set of $name", $one->set(key_for($name), $value));
    check("get of $name", $one->get(key_for($name)), $value);
}
check('get of a key that is not there', $one->get(key_for('absent')), false);
check('and why', $one->getResultCode(), Memcached::RES_NOTFOUND);

$many = [];
for ($i = 0; $i < 500; $i++) {
    $many[key_for("many$i")] = "value $i";
}
check('setMulti', $one->setMulti($many));
check('getMulti', $one->getMulti([...array_keys($many), key_for('absent')]), $many);
check('deleteMulti', count(array_filter($one->deleteMulti(array_slice(array_keys($many), 0, 250)))), 250);
check('getMulti after deleteMulti', count($one->getMulti(array_keys($many))), 250);
check('getDelayed', $one->getDelayed(array_slice(array_keys($many), 250), true));
check('fetchAll', count($one->fetchAll()), 250);

check('add where there is one', $one->add(key_for('text'), 'other'), false);
check('add', $one->add(key_for('added'), 'b'));
check('replace where there is none', $one->replace(key_for('absent'), 'x'), false);
check('replace', $one->replace(key_for('added'), 'c'));
$one->setOption(Memcached::OPT_COMPRESSION, false);
check('append', $one->append(key_for('added'), 'd'));
check('prepend', $one->prepend(key_for('added'), 'b'));
check('get of all that', $one->get(key_for('added')), 'bcd');
check('append where there is none', $one->append(key_for('absent'), 'x'), false);
$one->setOption(Memcached::OPT_COMPRESSION, true);

$seen = $one->get(key_for('added'), null, Memcached::GET_EXTENDED);
check('get with the cas unique', $seen['value'], 'bcd');
check('cas that wins', $one->cas($seen['cas'], key_for('added'), 'won'));
check('cas that loses', $one->cas($seen['cas'], key_for('added'), 'lost'), false);
check('and why', $one->getResultCode(), Memcached::RES_DATA_EXISTS);
check('cas where there is none', $one->cas($seen['cas'], key_for('absent'), 'x'), false);
check('get after them', $one->get(key_for('added')), 'won');

check('set of a number', $one->set(key_for('number'), 10));
check('increment', $one->increment(key_for('number'), 5), 15);
check('decrement below 0', $one->decrement(key_for('number'), 100), 0);
check('increment where there is none', $one->increment(key_for('absent')), false);
check('increment of text', @$one->increment(key_for('added')), false);
if (PROTOCOL === 'binary') { // in the text protocol, libmemcached has no initial value
    check('increment with an initial value', $one->increment(key_for('up'), 1, 7, 100), 7);
    check('decrement with an initial value', $one->decrement(key_for('down'), 1, 8), 8);
    check('increment of that', $one->increment(key_for('up'), 1, 7), 8);
}

check('touch', $one->touch(key_for('text'), 10000));
check('touch where there is none', $one->touch(key_for('absent'), 10000), false);
check('delete', $one->delete(key_for('added')));
check('delete where there is none', $one->delete(key_for('added')), false);

$large = random_bytes(900_000);
check('set of 900 kB', $one->set(key_for('large'), $large));
check('get of 900 kB', $one->get(key_for('large')) === $large);
check('set of over 1 MB', $one->set(key_for('larger'), random_bytes(1_100_000)), false);
check('and why', $one->getResultCode(), Memcached::RES_E2BIG);
foreach (['fastlz' => Memcached::COMPRESSION_FASTLZ, 'zlib' => Memcached::COMPRESSION_ZLIB] as $name => $type) {
    $one->setOption(Memcached::OPT_COMPRESSION_TYPE, $type);
    check("set of 5 MB that compresses with $name", $one->set(key_for($name), str_repeat('abc', 1_700_000)));
    check('get of it', $one->get(key_for($name)) === str_repeat('abc', 1_700_000));
}
foreach (['igbinary' => Memcached::HAVE_IGBINARY ? Memcached::SERIALIZER_IGBINARY : null,
    'json' => Memcached::HAVE_JSON ? Memcached::SERIALIZER_JSON_ARRAY : null] as $name => $serializer) {
    if ($serializer !== null) {
        $one->setOption(Memcached::OPT_SERIALIZER, $serializer);
        check("set of what $name serialises", $one->set(key_for($name), ['a' => [1, 'ü']]));
        check('get of it', $one->get(key_for($name)), ['a' => [1, 'ü']]);
    }
}
$one->setOption(Memcached::OPT_SERIALIZER, Memcached::SERIALIZER_PHP);

$odd = ["!\"#\$%&'()*+,-./:;<=>?@[\\]^_`{|}~", str_repeat('l', 200)];
if (PROTOCOL === 'binary') { // in the text protocol, php-memcached refuses them by itself
    array_push($odd, 'Schlüssel', "ключ☃ with blanks");
}
foreach ($odd as $name) {
    check("set of the key $name", $one->set(key_for($name), $name));
    check("get of the key $name", $one->get(key_for($name)), $name);
}

eventually('object on node two', $thing, fn () => $two->get(key_for('object')));
eventually('900 kB on node two', $large, fn () => $two->get(key_for('large')));
eventually('number on node two', 0, fn () => $two->get(key_for('number')));
eventually('delete on node two', false, fn () => $two->get(key_for('added')));
$seen = $one->get(key_for('text'), null, Memcached::GET_EXTENDED);
eventually('the same cas unique on both', $seen, fn () => $two->get(key_for('text'), null, Memcached::GET_EXTENDED));
check("cas of node one's unique on node two", $two->cas($seen['cas'], key_for('text'), 'from two'));
eventually('it on node one', 'from two', fn () => $one->get(key_for('text')));

check('getVersion', str_starts_with($one->getVersion()[ONE], '1.6.'));
check('getStats', (int) $one->getStats()[ONE]['cmd_get'] > 0);
check('getStats of settings', (int) $one->getStats('settings')[ONE]['maxconns'], 1024);

eventually('set that expires is gone', false, fn () => $one->get(key_for('short')));

// Two nodes in one client, spread by ketama: no harm where both hold all.
$both = connect(ONE, TWO);
for ($i = 0; $i < 20; $i++) {
    check("set $i by ketama", $both->set(key_for("ketama$i"), $i));
}
for ($i = 0; $i < 20; $i++) {
    eventually("get $i on node one", $i, fn () => $one->get(key_for("ketama$i")));
    eventually("get $i on node two", $i, fn () => $two->get(key_for("ketama$i")));
}

ask('restart');
eventually('set after the restart', true, fn () => $one->set(key_for('after'), 'x'));
check('get after the restart', $one->get(key_for('after')), 'x');
if (CLUSTER) {
    check('what was there before', $one->get(key_for('object')), $thing);
}
eventually('ketama after the restart', true, fn () => $both->set(key_for('ketama0'), 'again'));

ask('flush');
check('set before flush', $one->set(key_for('flushed'), 'x'));
check('flush', $one->flush());
check('get after flush', $one->get(key_for('flushed')), false);
eventually('on node two as well', false, fn () => $two->get(key_for('after')));
$one->quit();
