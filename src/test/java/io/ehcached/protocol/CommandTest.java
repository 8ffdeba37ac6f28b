package io.ehcached.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What follows from each command's properties, as lists, so that who adds a command decides each of
 * them: a wrong one is not noticed before a node copies, a peer is awaited or a client logs in.
 */
class CommandTest {
  private static Set<String> those(Predicate<Command> property) {
    return Arrays.stream(Command.values())
        .filter(property)
        .map(Enum::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void changesThatPeersAreSent() {
    assertThat(those(Command::writes))
        .containsExactly(
            "ADD",
            "APPEND",
            "DECREMENT",
            "DELETE",
            "FLUSH_ALL",
            "GET_AND_TOUCH",
            "INCREMENT",
            "PREPEND",
            "REPLACE",
            "SET",
            "TOUCH");
  }

  @Test
  void itemsThatAreFetchedFromAPeer_whileTheNodeCopies() {
    assertThat(those(Command::dependsOnItem))
        .containsExactly(
            "ADD",
            "APPEND",
            "DEBUG",
            "DECREMENT",
            "DELETE",
            "GET",
            "GET_AND_TOUCH",
            "INCREMENT",
            "PREPEND",
            "REPLACE",
            "TOUCH");
  }

  @Test
  void allowedBeforeTheClientHasAuthenticated() {
    assertThat(those(Command::needsNoAuthentication))
        .containsExactly("AUTHENTICATE", "INVALID", "NOOP", "QUIT", "VERSION");
  }

  @Test
  void answersThatCanHoldAValue() {
    assertThat(those(Command::returnsValue)).containsExactly("GET", "GET_AND_TOUCH");
  }

  @Test
  void otherClientsComeFirst() {
    assertThat(those(Command::mayTakeLong))
        .containsExactly(
            "CACHE_MEMLIMIT",
            "CONFIG",
            "FLUSH_ALL",
            "LRU_CRAWLER",
            "REFRESH_CERTS",
            "SHUTDOWN",
            "STATS",
            "WATCH");
  }

  @Test
  void nothingBehindThemIsReadBefore() {
    assertThat(those(Command::decidesWhatFollows)).containsExactly("AUTHENTICATE", "WATCH");
  }
}
