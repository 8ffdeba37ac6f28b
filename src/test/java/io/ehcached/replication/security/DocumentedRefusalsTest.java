package io.ehcached.replication.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.Document;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md explains each counter of what was refused. */
class DocumentedRefusalsTest {
  @Test
  void everyCounter_isExplained_andNoOther() {
    assertThat(Document.of("docs/security.md").tables("counter").get(0).names())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Refusal.values()).map(one -> "refused_" + one.statName()).toList());
  }
}
