# dalli over TLS.
#
# Arguments: HOST:PORT of a node whose certificate is for that host, and the file of its authority.

server, authority = ARGV
ARGV[1] = server
require_relative 'acceptance'
begin
  require 'dalli'
  require 'logger'
  require 'openssl'
rescue LoadError => e
  puts "skipped: dalli is not installed: #{e.message}"
  exit 77
end
Dalli.logger = Logger.new(File::NULL)

def context(**parameters)
  OpenSSL::SSL::SSLContext.new.tap { |c| c.set_params(verify_mode: OpenSSL::SSL::VERIFY_PEER, **parameters) }
end

client = Dalli::Client.new(server, ssl_context: context(ca_file: authority), socket_timeout: 30)
large = Random.new(4711).bytes(900_000)
check('set', client.set(key('k'), large) ? true : false)
check('get', client.get(key('k')), large)
refused('an authority that it does not know') do
  Dalli::Client.new(server, ssl_context: context, socket_timeout: 30).set(key('k'), 'y')
end
refused('without TLS') { Dalli::Client.new(server, socket_timeout: 30).set(key('k'), 'y') }
