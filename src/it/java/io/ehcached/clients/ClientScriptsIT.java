package io.ehcached.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that people use, with two nodes of a cluster, and with memcached, which has to do as well
 * by the same script. {@code docs/clients.md} tabulates them.
 */
class ClientScriptsIT {
  private static ScriptRuns withNodes;
  private static ScriptRuns withMemcached;
  private static String noMemcached;

  @BeforeAll
  static void start() {
    withNodes = new ScriptRuns(new TwoNodes());
    try {
      withMemcached = new ScriptRuns(new Memcached());
    } catch (MissingException e) {
      noMemcached = e.getMessage();
    }
  }

  @AfterAll
  static void stop() {
    withNodes.close();
    if (withMemcached != null) {
      withMemcached.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void clientWorksWithNodes(ClientScript script) {
    withNodes.result(script).assertPassed();
  }

  @ParameterizedTest
  @EnumSource
  void scriptIsRightAboutMemcached(ClientScript script) {
    assumeTrue(noMemcached == null, noMemcached);
    withMemcached.result(script).assertPassed();
  }
}
