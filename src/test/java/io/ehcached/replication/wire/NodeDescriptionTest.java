package io.ehcached.replication.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeDescriptionTest {
  private static NodeDescription sent(NodeDescription description) throws IOException {
    FrameWriter out = new FrameWriter(64);
    description.write(out);
    return NodeDescription.read(new FrameReader(out.toBytes()));
  }

  @Test
  void name_travelsWithTheSettings() throws IOException {
    NodeDescription read = sent(new NodeDescription(Map.of("bound", "1")).named("cache-1"));

    assertThat(read.name()).isEqualTo("cache-1");
    assertThat(read.values()).containsEntry("bound", "1");
  }

  @Test
  void nodeThatTellsNoName_hasNone() throws IOException {
    assertThat(sent(new NodeDescription(Map.of("bound", "1"))).name()).isEmpty();
    assertThat(NodeDescription.NONE.name()).isEmpty();
  }

  /** What a peer calls itself goes into log lines, labels of metrics and JSON. */
  @Test
  void nameOfAPeer_hasNothingInItThatMeansSomethingElsewhere() throws IOException {
    NodeDescription read =
        sent(NodeDescription.NONE.named("a\"}\n(b) \u001b\u00e9" + "x".repeat(99)));

    assertThat(read.name()).matches("a[-]+b[-]+x+").hasSize(NodeDescription.MAX_NODE_NAME);
  }
}
