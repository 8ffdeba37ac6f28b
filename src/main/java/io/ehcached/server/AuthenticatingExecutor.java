package io.ehcached.server;

import io.ehcached.admin.Counter;
import io.ehcached.auth.Authenticator;
import io.ehcached.command.CommandExecutor;
import io.ehcached.protocol.Access;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Executes nothing for a client before it has authenticated, whatever the decoders let pass. A
 * login that is delayed does not block the thread. After {@value #MAX_TRIES} failed logins the
 * connection is closed.
 */
final class AuthenticatingExecutor implements CommandExecutor {
  static final int MAX_TRIES = 5;

  private final Authenticator authenticator;
  private final Access access;
  private final Channel channel;
  private final Worker worker;
  private final Runnable hangUp;
  private int failures;
  private byte[] user; // whom the client last authenticated as; null for nobody

  /**
   * Makes the executor of one connection.
   *
   * @param hangUp sends what was answered, and closes
   */
  AuthenticatingExecutor(
      Authenticator authenticator, Access access, Channel channel, Worker worker, Runnable hangUp) {
    this.authenticator = authenticator;
    this.access = access;
    this.channel = channel;
    this.worker = worker;
    this.hangUp = hangUp;
  }

  @Override
  public int executeBatch(List<Request> requests, Responder responder) {
    if (requests.get(0).command() == Command.AUTHENTICATE) {
      authenticate(requests.get(0), responder);
      return 1; // what follows depends on its outcome
    }
    int end = 1;
    while (end < requests.size() && requests.get(end).command() != Command.AUTHENTICATE) {
      end++;
    }
    return pass(end == requests.size() ? requests : requests.subList(0, end), responder);
  }

  private int pass(List<Request> requests, Responder responder) {
    if (access.isGranted()) {
      return worker.executor.executeBatch(requests, responder);
    }
    int done = 0;
    for (Request request : requests) {
      if (request.command().needsNoAuthentication()) {
        done += worker.executor.executeBatch(List.of(request), responder);
      } else {
        responder.respond(request, Response.of(Status.UNAUTHENTICATED));
        done++;
      }
      if (responder.isFull()) {
        break;
      }
    }
    return done;
  }

  private void authenticate(Request request, Responder responder) {
    access.grant(false);
    String host = host();
    long delay = isSameUser(request) ? 0 : authenticator.delay(request.user(), host);
    user = null;
    if (delay < 0) {
      answer(request, false, responder);
      hangUp.run();
    } else if (delay == 0) {
      check(request, host, responder);
    } else {
      LoopTasks.schedule(channel, () -> checkLate(request, host, responder), delay);
    }
  }

  /** A client that is in and says who it is once more has nothing to guess but its own password. */
  private boolean isSameUser(Request request) {
    return user != null && request.error() == null && Arrays.equals(user, request.user());
  }

  private void checkLate(Request request, String host, Responder responder) {
    if (channel.isActive()) {
      check(request, host, responder);
    }
  }

  private void check(Request request, String host, Responder responder) {
    String address = Addresses.describe(channel.remoteAddress(), channel.localAddress());
    boolean admitted;
    if (request.error() == null) {
      admitted = authenticator.admits(request.user(), request.value(), host, address);
    } else {
      authenticator.refused(host, address);
      admitted = false;
    }
    access.grant(admitted);
    user = admitted ? request.user() : null;
    answer(request, admitted, responder);
    if (!admitted && ++failures == MAX_TRIES) {
      hangUp.run();
    }
  }

  private void answer(Request request, boolean admitted, Responder responder) {
    worker.counters.increment(Counter.AUTH_CMDS);
    if (!admitted) {
      worker.counters.increment(Counter.AUTH_ERRORS);
    }
    responder.respond(request, Response.of(admitted ? Status.OK : Status.AUTH_FAILED));
  }

  /** Returns what tells machines apart; clients of a unix socket are all on this one. */
  private String host() {
    return channel.remoteAddress() instanceof InetSocketAddress inet
        ? Addresses.network(inet.getAddress())
        : Addresses.describe(channel.localAddress(), channel.localAddress());
  }
}
