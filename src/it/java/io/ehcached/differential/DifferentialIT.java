package io.ehcached.differential;

import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.PropagationMode;

/**
 * Random scripts, each played to memcached and to a node of ours, whose answers must be the same
 * save for what {@link Difference} lists: to 1.6.45 where {@code -Dmemcached.today=FILE} names one,
 * and else to Debian's 1.6.18, whose own differences are let pass then. {@code mvn verify
 * -Dit.test=DifferentialIT -Ddifferential.scripts=100000 -Ddifferential.seed=7} tries more, and
 * others.
 */
@AddLifecycleHook(UnlessMemcachedIsAbsent.class)
@AddLifecycleHook(value = SeededTries.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
class DifferentialIT {
  private static Comparison lines;
  private static Comparison packets;

  @Property(tries = 2000)
  void textProtocol(@ForAll("text") Script script) throws IOException {
    lines().compare(script);
  }

  @Property(tries = 2000)
  void metaProtocol(@ForAll("meta") Script script) throws IOException {
    lines().compare(script);
  }

  @Property(tries = 2000)
  void binaryProtocol(@ForAll("binary") Script script) throws IOException {
    packets().compare(script);
  }

  @Provide
  Arbitrary<Script> text() {
    return Steps.scripts(TextSteps.any());
  }

  @Provide
  Arbitrary<Script> meta() {
    return Steps.scripts(MetaSteps.any());
  }

  @Provide
  Arbitrary<Script> binary() {
    return Steps.scripts(BinarySteps.any());
  }

  private static Comparison lines() throws IOException {
    if (lines == null) {
      lines = new Comparison(LineClient::new);
    }
    return lines;
  }

  private static Comparison packets() throws IOException {
    if (packets == null) {
      packets = new Comparison(BinaryClient::new);
    }
    return packets;
  }

  @AfterContainer
  static void stop() throws IOException {
    if (lines != null) {
      lines.close();
    }
    if (packets != null) {
      packets.close();
    }
  }
}
