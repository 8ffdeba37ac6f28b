# dalli 3 saying who it is, with the right password and a wrong one. (Version 5 cannot.)
#
# Arguments: HOST:PORT USER:PASSWORD.

server, credentials = ARGV
user, password = credentials.split(':', 2)
ARGV.replace([server, server])
require_relative 'acceptance'
begin
  require 'dalli'
  require 'logger'
rescue LoadError => e
  puts "skipped: dalli is not installed: #{e.message}"
  exit 77
end
Dalli.logger = Logger.new(File::NULL)

client = Dalli::Client.new(server, username: user, password: password, socket_timeout: 30)
check('set', client.set(key('k'), 'x') ? true : false)
check('get', client.get(key('k')), 'x')
refused('set with a wrong password') do
  Dalli::Client.new(server, username: user, password: 'wrong', socket_timeout: 30).set(key('k'), 'y')
end
refused('set by nobody') { Dalli::Client.new(server, socket_timeout: 30).set(key('k'), 'y') }
check('get after that', client.get(key('k')), 'x')
