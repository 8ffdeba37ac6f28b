package io.ehcached.differential;

import io.ehcached.conformance.EhcachedNode;
import io.ehcached.conformance.Memcached;
import io.ehcached.conformance.ServerUnderTest;
import io.ehcached.differential.Client.Answer;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** Memcached and a node of ours, which live as long as the scripts that both are played. */
final class Comparison implements AutoCloseable {
  /** A small limit, so that values above it are soon sent. */
  private static final List<String> OPTIONS = List.of("-I", "2k", "-o", "slab_chunk_max=2048");

  private final ServerUnderTest memcached;
  private final Client theirs;
  private final Client ours;
  private int played;

  Comparison(Function<ServerUnderTest, Client> clients) throws IOException {
    memcached = Memcached.startNewest(OPTIONS);
    theirs = clients.apply(memcached);
    ours = clients.apply(EhcachedNode.start(OPTIONS));
    try (TextClient client = new TextClient(memcached.address().getPort())) {
      for (int i = 0; i < 10; i++) {
        client.set("first", "x"); // counts memcached's cas uniques above those that scripts make up
      }
    }
  }

  /** Plays a script to both; answers that differ, on no known account, are an assertion error. */
  void compare(Script asked) throws IOException {
    Script script = memcached.isOfToday() ? asked : asked.before();
    String prefix = String.format("%07d", ++played);
    List<Answer> expected;
    List<Answer> actual;
    try {
      expected = theirs.play(script, prefix);
      actual = ours.play(script, prefix);
    } catch (IOException e) {
      theirs.close();
      ours.close();
      throw e;
    }
    int at = 0;
    while (at < expected.size() && at < actual.size()) {
      Answer one = expected.get(at);
      Answer other = actual.get(at);
      if (one.step() != other.step() || !isKnown(script, one, other)) {
        throw new AssertionError(told(script, one, other));
      }
      at++;
    }
    if (expected.size() != actual.size()) {
      throw new AssertionError("memcached answers " + expected + "\n and we " + actual);
    }
  }

  private boolean isKnown(Script script, Answer theirs, Answer ours) {
    String step = script.steps().get(theirs.step()).text();
    return Difference.explains(step, theirs.lines(), ours.lines(), memcached.isOfToday());
  }

  private static String told(Script script, Answer theirs, Answer ours) {
    return "step "
        + (theirs.step() + 1)
        + ": "
        + script.steps().get(theirs.step())
        + "\n  memcached: "
        + theirs.lines()
        + (ours.step() == theirs.step() ? "" : "\n  ours, to step " + (ours.step() + 1) + ":")
        + "\n  ours:      "
        + ours.lines();
  }

  @Override
  public void close() throws IOException {
    theirs.close();
    ours.close();
    memcached.close();
    EhcachedNode.stopAll();
  }
}
