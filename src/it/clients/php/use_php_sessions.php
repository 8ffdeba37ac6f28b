<?php
// PHP's sessions in memcached, with php-memcached's locks: two processes never have a session at
// the same time. Each request of a web server is played by a PHP process of its own, which runs
// this file as well.

if (($argv[1] ?? '') === 'request') {
    exit(request($argv[2], $argv[3]));
}
require __DIR__ . '/acceptance.php';

/** Serves one request: starts the session, does what is asked, and prints what there was. */
function request(string $id, string $what): int
{
    session_id($id);
    // Whoever only looks must not write: an empty session at a node that the real one has not
    // reached yet would be the newer one.
    if (!@session_start(['read_and_close' => $what === 'look'])) {
        echo "locked\n";
        return 0;
    }
    $found = $_SESSION['count'] ?? 'nothing';
    switch ($what) {
        case 'count':
            $_SESSION['count'] = (int) $found + 1;
            break;
        case 'hold':
            $_SESSION['count'] = (int) $found + 1;
            echo "held\n";
            fgets(STDIN);
            break;
        case 'large':
            $_SESSION['large'] = str_repeat(random_bytes(1000), 100);
            break;
        case 'destroy':
            session_destroy();
            break;
        case 'rename':
            $_SESSION['count'] = 'renamed';
            session_regenerate_id(true);
            $found = session_id();
            break;
    }
    if ($what !== 'look') {
        session_write_close();
    }
    echo "$found\n";
    return 0;
}

/** Starts a request at a node; what it prints is read from the second of what is returned. */
function start(string $node, string $id, string $what, array $settings = []): array
{
    $settings += [
        'session.save_handler' => 'memcached',
        'session.save_path' => $node,
        'session.use_strict_mode' => '0',
        'memcached.sess_locking' => '1',
        'memcached.sess_lock_expire' => '60',
        'memcached.sess_lock_wait_min' => '10',
        'memcached.sess_lock_wait_max' => '50',
        'memcached.sess_lock_retries' => '2000',
        'memcached.sess_binary_protocol' => PROTOCOL === 'binary' ? '1' : '0',
    ];
    $command = [PHP_BINARY];
    foreach ($settings as $name => $value) {
        array_push($command, '-d', "$name=$value");
    }
    array_push($command, __FILE__, 'request', $id, $what);
    $process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], STDERR], $pipes);
    return [$pipes[0], $pipes[1], $process];
}

/** Does a request at a node, and returns what it prints. */
function at(string $node, string $id, string $what, array $settings = []): string
{
    [$in, $out, $process] = start($node, $id, $what, $settings);
    $printed = trim(stream_get_contents($out));
    proc_close($process);
    return $printed;
}

$id = 'sessions' . PROTOCOL;
check('a new session', at(ONE, $id, 'count'), 'nothing');
check('the same session again', at(ONE, $id, 'count'), '1');
eventually('the session on node two', '2', fn () => at(TWO, $id, 'look'));
check('a session of 100 kB', at(ONE, $id, 'large'), '2');
check('after that', at(ONE, $id, 'look'), '2');

[$in, $out, $process] = start(ONE, $id, 'hold');
check('a request that holds the session', trim(fgets($out)), 'held');
$impatient = ['memcached.sess_lock_retries' => '2'];
check('another one does not get it', at(ONE, $id, 'look', $impatient), 'locked');
$waiting = start(ONE, $id, 'count');
fwrite($in, "go on\n");
check('the first one ends', trim(stream_get_contents($out)), '2');
check('the one that waited sees what it did', trim(stream_get_contents($waiting[1])), '3');

$requests = [];
for ($i = 0; $i < 6; $i++) {
    $requests[] = start(ONE, $id . 'crowd', 'count');
}
foreach ($requests as [, $out]) {
    stream_get_contents($out);
}
check('none of 6 requests at once is lost', at(ONE, $id . 'crowd', 'look'), '6');

$new = at(ONE, $id, 'rename');
check('a session under a new id', at(ONE, $new, 'look'), 'renamed');
check('the old id', at(ONE, $id, 'look'), 'nothing');
check('a session is destroyed', at(ONE, $new, 'destroy'), 'renamed');
check('and is gone', at(ONE, $new, 'look'), 'nothing');
eventually('on node two as well', 'nothing', fn () => at(TWO, $new, 'look'));

$stored = function (string $id): bool {
    [$host, $port] = explode(':', ONE);
    $client = new Memcached();
    $client->addServer($host, (int) $port);
    return $client->get("memc.sess.key.$id") !== false;
};
check('a session that expires', at(ONE, $id . 'short', 'count', ['session.gc_maxlifetime' => '1']), 'nothing');
check('where sessions are stored', $stored($id . 'crowd'));
eventually('the session that expires is not there', false, fn () => $stored($id . 'short'));

// Both nodes in the path, the same on all web servers: a session and its lock live on one of them,
// and on the other once that one is gone, which has the session as well.
$path = CLUSTER ? ONE . ',' . TWO : ONE;
// A request that finds the node gone may leave its lock behind.
$failover = ['memcached.sess_remove_failed_servers' => '1', 'memcached.sess_server_failure_limit' => '1',
    'memcached.sess_lock_expire' => '2'];
// Keys are spread over the list, a session's and its lock's apart. With a node of the list down,
// php-memcached gives up a session whose own key belongs to that node while its lock's does not, at
// any server: one of four. So several are tried, and all but those must be there.
$ids = array_map(fn (int $i) => $id . 'list' . $i, range(1, 12));
foreach ($ids as $listed) {
    check("session $listed by a list of nodes", at($path, $listed, 'count', $failover), 'nothing');
}
foreach ($ids as $listed) {
    eventually("$listed is on node one", '1', fn () => at(ONE, $listed, 'look'));
    eventually("$listed is on node two", '1', fn () => at(TWO, $listed, 'look'));
}
$half = '127.0.0.1:1,' . TWO; // nobody listens on port 1
$there = [];
foreach ($ids as $listed) {
    $found = at($half, $listed, 'look', $failover);
    check("$listed where one of the list is down", $found === '1' || $found === 'locked');
    if ($found === '1') {
        $there[] = $listed;
    }
}
check('a session is there where one of the list is down', $there !== []);
check('a session is written there', is_numeric(at($half, $there[0], 'count', $failover)));

ask('restart');
eventually('a session after the restart', true, fn () => is_numeric(at(ONE, $id . 'after', 'count')));
if (CLUSTER) {
    check('a session from before', at(ONE, $there[0], 'look'), '2');
}
ask('flush');
