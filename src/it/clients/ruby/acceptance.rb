# What the scripts for clients in Ruby share: the nodes to talk to, and how to check. See
# ../README.md for how a script is started.

abort "usage: #{$PROGRAM_NAME} HOST:PORT HOST:PORT [PROTOCOL]" if ARGV.size < 2
ONE, TWO, PROTOCOL = *ARGV, 'text'
CLUSTER = ONE != TWO
PATIENCE_S = 60
$stdout.sync = true

# Returns a key that no other script uses.
def key(name)
  "#{File.basename($PROGRAM_NAME)}-#{PROTOCOL}-#{name}"
end

# Prints what was found, and ends the script where that is not what was expected.
def check(what, actual, expected = true)
  if actual == expected
    puts "ok    #{what}"
  else
    puts "WRONG #{what}: expected #{expected.inspect[0, 200]}, and it is #{actual.inspect[0, 200]}"
    exit 1
  end
end

# Awaits that a block returns what is expected; until then it may fail as well.
def eventually(what, expected = true)
  deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + PATIENCE_S
  loop do
    begin
      found = yield
    rescue StandardError => e # the client may not have found out yet that the node is back
      found = e
    end
    if found == expected || Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline
      return check(what, found, expected)
    end
    sleep 0.02
  end
end

# Checks that a block ends with an exception, or says that it did nothing.
def refused(what)
  result = yield
  check(what, result ? result : false, false)
rescue StandardError => e # each client has its own
  check("#{what} (#{e.inspect[0, 100]})", true)
end

# Asks whoever runs this script for something, and waits until it is done.
def ask(request)
  puts "@#{request}"
  $stdin.gets
end
