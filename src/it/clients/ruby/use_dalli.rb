# dalli: 3.0 speaks the binary protocol, 5 the meta protocol. Which is tried is a matter of ruby's
# -I.

require_relative 'acceptance'
begin
  require 'dalli'
rescue LoadError => e
  puts "skipped: dalli is not installed: #{e.message}"
  exit 77
end

META = PROTOCOL == 'meta'
require 'logger'
Dalli.logger = Logger.new(File::NULL)
version = Gem::Version.new(Dalli::VERSION)
if META != (version >= Gem::Version.new('5'))
  puts "skipped: the dalli that is installed is #{Dalli::VERSION}, which does not speak #{PROTOCOL}"
  exit 77
end

unless ''.respond_to?(:byteindex) # dalli 5 is for Ruby 3.2 and later, and this is all it lacks
  class String
    def byteindex(text, offset = 0)
      byteslice(offset..).b.index(text.b)&.+(offset)
    end
  end
end

# What did it answers true, or the new cas unique; what did not, false, nil, or why.
def done?(result)
  result == true || (result.is_a?(Integer) && result.positive?)
end

def done(what, result, expected = true)
  check(what, done?(result), expected)
end

def connect(*nodes, **options)
  Dalli::Client.new(nodes, socket_timeout: 30, down_retry_delay: 0, compress: true, **options)
end

one = connect(ONE)
two = connect(TWO)

done('set that expires', one.set(key('short'), 'x', 1))

thing = { 'name' => 'Grüße', list: [1, 2.5, nil, "\0\r\n"] }
{ 'object' => thing, 'text' => '☃ snow', 'int' => 2**70, 'empty' => '' }.each do |name, value|
  done("set of #{name}", one.set(key(name), value))
  check("get of #{name}", one.get(key(name)), value)
end
raw = { raw: true }
check('get of a key that is not there', one.get(key('absent')), nil)
check('fetch of a key that is not there', one.fetch(key('fetched')) { 42 }, 42)
check('fetch of one that is', one.fetch(key('fetched')) { 43 }, 42)

many = (0...500).to_h { |i| [key("many#{i}"), "value #{i}"] }
one.multi { many.each { |k, v| one.set(k, v) } }
check('get_multi after quiet sets', one.get_multi(*many.keys, key('absent')), many)
one.multi { many.keys[0, 250].each { |k| one.delete(k) } }
check('get_multi after quiet deletes', one.get_multi(*many.keys).size, 250)
check('get_multi_cas', one.get_multi_cas(*many.keys).values.all? { |_, cas| cas.positive? })

done('add where there is one', one.add(key('text'), 'other'), false)
done('add', one.add(key('added'), 'b', nil, raw))
done('replace where there is none', one.replace(key('absent'), 'x'), false)
done('replace', one.replace(key('added'), 'c', nil, raw))
done('append', one.append(key('added'), 'd'))
done('prepend', one.prepend(key('added'), 'b'))
check('get of all that', one.get(key('added'), raw), 'bcd')
done('append where there is none', one.append(key('absent'), 'x'), false)

value, unique = one.get_cas(key('text'))
check('get_cas', value, '☃ snow')
done('set_cas that wins', one.set_cas(key('text'), 'won', unique))
done('set_cas that loses', one.set_cas(key('text'), 'lost', unique), false)
done('replace_cas that loses', one.replace_cas(key('text'), 'lost', unique), false)
done('delete_cas that loses', one.delete_cas(key('text'), unique), false)
done('cas with a block', one.cas(key('text')) { |v| "#{v} again" })
check('get after them', one.get(key('text')), 'won again')
check('cas where there is none', one.cas(key('absent')) { 'x' }, nil)
lost = one.cas(key('text')) do |v|
  two.set(key('text'), 'in between')
  eventually('somebody else changes it', 'in between') { connect(ONE).get(key('text')) }
  "#{v} lost"
end
check('cas with a block that loses', lost, false)

check('incr with an initial value', one.incr(key('number'), 5, nil, 10), 10)
check('incr', one.incr(key('number'), 5), 15)
check('decr below 0', one.decr(key('number'), 100), 0)
check('incr where there is none', one.incr(key('absent'), 1), nil)
check('decr with an initial value', one.decr(key('down'), 1, 100, 7), 7)
refused('incr of text') { one.incr(key('added'), 1) }
check('get of a counter', one.get(key('down'), raw).strip, '7')

check('touch', one.touch(key('text'), 10000))
check('touch where there is none', one.touch(key('absent'), 10000), nil)
check('gat', one.gat(key('text'), 20000), 'in between')
check('gat where there is none', one.gat(key('absent'), 20000), nil)
done('delete', one.delete(key('added')))
done('delete where there is none', one.delete(key('added')), false)

large = Random.new(4711).bytes(900_000)
done('set of 900 kB', one.set(key('large'), large))
check('get of 900 kB', one.get(key('large')), large)
refused('set of over 1 MB') { one.set(key('larger'), Random.new(4712).bytes(1_100_000)) }
done('set of 5 MB that compresses', one.set(key('compressed'), 'abc' * 1_700_000))
check('get of it', one.get(key('compressed')), 'abc' * 1_700_000)

odd = ["!\"\#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", 'Schlüssel', 'ключ☃', 'l' * 200]
odd << 'with blanks and tabs	' # in the meta protocol these go as base64
odd.each do |name|
  check("set and get of the key #{name}",
        [done?(one.set(key(name), name)), one.get(key(name))], [true, name])
  eventually('the same on node two', name) { two.get(key(name)) }
end
check('get_multi of them', one.get_multi(*odd.map { |name| key(name) }).values.sort, odd.sort)

eventually('object on node two', thing) { two.get(key('object')) }
eventually('900 kB on node two', large) { two.get(key('large')) }
eventually('5 MB on node two', 'abc' * 1_700_000) { two.get(key('compressed')) }
eventually('delete on node two', nil) { two.get(key('added')) }
eventually('the same cas unique on both') { two.get_cas(key('text')) == one.get_cas(key('text')) }
done("set_cas of node one's unique on node two",
     two.set_cas(key('text'), 'from two', one.get_cas(key('text'))[1]))
eventually('it on node one', 'from two') { one.get(key('text')) }

check('version', one.version.values.all? { |v| v.start_with?('1.6.') })
check('stats', one.stats.values.all? { |stats| stats['cmd_get'].to_i.positive? })
check('stats settings', one.stats(:settings).values.map { |stats| stats['maxconns'] }, ['1024'])

if META
  seen = one.get_with_metadata(key('object'), return_hit_status: true, return_last_access: true,
                                              return_ttl_remaining: true)
  check('get_with_metadata', seen.values_at(:value, :miss, :ttl_remaining), [thing, false, -1])
  check('hit before', seen[:hit_before])
  check('last access, in seconds', (0..60).cover?(seen[:last_access]))
  check('get_with_metadata where there is none', one.get_with_metadata(key('absent'))[:miss])

  check('fetch_with_lock makes it', one.fetch_with_lock(key('locked'), ttl: 300) { 'made' }, 'made')
  check('fetch_with_lock has it', one.fetch_with_lock(key('locked'), ttl: 300) { 'again' }, 'made')
  ahead = one.fetch_with_lock(key('locked'), ttl: 300, recache_threshold: 400) { 'ahead of time' }
  check('fetch_with_lock remakes it ahead of time', ahead, 'ahead of time')
  eventually('it on node two', 'ahead of time') { two.get(key('locked')) }
  check('set_multi', one.set_multi({ key('m1') => 1, key('m2') => 2 }) || true)
  check('get_multi of these', one.get_multi(key('m1'), key('m2')), key('m1') => 1, key('m2') => 2)
  one.delete_multi([key('m1'), key('m2')])
  check('get_multi after delete_multi', one.get_multi(key('m1'), key('m2')), {})
end

eventually('set that expires is gone', nil) { one.get(key('short')) }

# Two nodes in one client: a ring, where the other serves while one is down.
both = connect(ONE, TWO, failover: true)
20.times { |i| both.set(key("ring#{i}"), i) }
20.times do |i|
  eventually("get #{i} of the ring on node one", i) { one.get(key("ring#{i}")) }
  eventually("get #{i} of the ring on node two", i) { two.get(key("ring#{i}")) }
end

ask('restart')
eventually('set after the restart') { done?(one.set(key('after'), 'x')) }
check('get after the restart', one.get(key('after')), 'x')
check('what was there before', one.get(key('object')), thing) if CLUSTER
20.times { |i| eventually("get #{i} of the ring", i) { both.get(key("ring#{i}")) } } if CLUSTER

ask('flush')
done('set before flush_all', one.set(key('flushed'), 'x'))
check('flush_all', one.flush_all.all?)
check('get after flush_all', one.get(key('flushed')), nil)
eventually('on node two as well', nil) { two.get(key('after')) }
one.close
