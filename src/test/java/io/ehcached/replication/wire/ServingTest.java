package io.ehcached.replication.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServingTest {
  private static final Serving SERVING = new Serving("cache1", "10.0.0.1", 11211, 1_790_000_000L);

  private static Hello hello(Serving serving) {
    return new Hello(7, 1_790_000_000_000L, false, false, true, 3, -1, serving, null);
  }

  @Test
  void answer_tellsItBehindAllElse() throws IOException {
    List<Sums.Slice> slices = List.of(new Sums.Slice(5, 6, 7));
    FrameWriter out = new FrameWriter(16);

    Sums.writeAnswer(out, new Sums.Answer(hello(SERVING), slices));

    Sums.Answer answer = Sums.readAnswer(new FrameReader(out.toBytes()));
    assertThat(answer.hello()).isEqualTo(hello(SERVING));
    assertThat(answer.slices()).isEqualTo(slices);
  }

  /** A node from before this was told writes nothing here, and reads no further than it knows. */
  @Test
  void answersWithoutIt_andReadersThatDoNotKnowIt_areWell() throws IOException {
    FrameWriter old = new FrameWriter(16);
    hello(SERVING).write(old);
    old.varint(0); // no slices

    assertThat(Sums.readAnswer(new FrameReader(old.toBytes())).hello())
        .isEqualTo(hello(Serving.NONE));

    FrameWriter today = new FrameWriter(16);
    Sums.writeAnswer(today, new Sums.Answer(hello(SERVING), List.of()));
    assertThat(today.toBytes()).startsWith(old.toBytes());
  }

  @Test
  void whatWouldBreakTheListOfNodes_isRefused() {
    for (Serving bad :
        List.of(
            new Serving("a b", "10.0.0.1", 1, 1),
            new Serving("a|b", "10.0.0.1", 1, 1),
            new Serving("a", "10.0.0.1\n", 1, 1),
            new Serving("a", "10.0.0.1", 65_536, 1))) {
      FrameWriter out = new FrameWriter(16);
      bad.write(out);
      assertThatThrownBy(() -> Serving.read(new FrameReader(out.toBytes())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no address for clients");
    }
  }
}
