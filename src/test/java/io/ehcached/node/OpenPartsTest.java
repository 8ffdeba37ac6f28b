package io.ehcached.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartsTest {
  private final OpenParts parts = new OpenParts();
  private final List<String> closed = new ArrayList<>();

  @Test
  void parts_areClosedInReverseOrder_once() {
    parts.add(() -> closed.add("first"));
    parts.add(() -> closed.add("second"));

    parts.close();
    parts.close();

    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void partThatFails_doesNotKeepTheOthersOpen() {
    parts.add(() -> closed.add("first"));
    parts.add(
        () -> {
          throw new IllegalStateException("on purpose");
        });

    parts.close();

    assertThat(closed).containsExactly("first");
  }
}
