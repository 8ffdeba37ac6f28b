package io.ehcached.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.admin.Counters;
import io.ehcached.auth.Authenticator;
import io.ehcached.auth.PasswordFileException;
import io.ehcached.protocol.Access;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.support.UsersFile;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AuthenticatingExecutorTest {
  private static final int TOO_MANY = 100;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Worker worker = new Worker(null, new Counters().newCell(), null, null, null);
  private final AuthenticatingExecutor executor;
  private final List<Response> responses = new ArrayList<>();

  AuthenticatingExecutorTest() throws PasswordFileException {
    Authenticator authenticator = Authenticator.of(UsersFile.of("alice:one\n"), false);
    executor =
        new AuthenticatingExecutor(authenticator, Access.denied(), channel, worker, () -> {});
    channel.freezeTime();
  }

  private static List<Request> login(String password) {
    Request request = Request.of(Command.AUTHENTICATE);
    return List.of(request.user("alice".getBytes(ISO_8859_1)).value(password.getBytes(ISO_8859_1)));
  }

  /** Fails until the next login has to wait for its turn. */
  private void failUntilDelayed() {
    int tries = 0;
    do {
      assertThat(++tries).isLessThan(TOO_MANY);
      executor.executeBatch(login("wrong"), (request, response) -> responses.add(response));
    } while (responses.size() == tries);
    responses.clear();
  }

  private void waitForItsTurn() {
    channel.advanceTimeBy(1, TimeUnit.MINUTES);
    channel.runScheduledPendingTasks();
  }

  @Test
  void delayedLogin_isAnsweredInItsTurn() {
    failUntilDelayed();
    assertThat(responses).isEmpty();
    waitForItsTurn();
    assertThat(responses).extracting(Response::status).containsExactly(Status.AUTH_FAILED);
  }

  @Test
  void delayedLogin_thatCannotBeAnswered_isAFaultOfItsConnection() {
    failUntilDelayed();
    executor.executeBatch(
        login("one"),
        (request, response) -> {
          throw new IllegalStateException("no answer");
        });
    waitForItsTurn();
    assertThatThrownBy(channel::checkException).hasMessage("no answer");
  }
}
