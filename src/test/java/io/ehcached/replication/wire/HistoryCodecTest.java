package io.ehcached.replication.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.store.HistoryView;
import io.ehcached.store.HistoryView.Claim;
import io.ehcached.store.Origin;
import io.ehcached.support.Golden;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCodecTest {
  private static final Golden GOLDEN = Golden.of("frames.txt");
  private static final long OWN = 0x1a0c4506c0000001L;
  private static final long OTHERS = 0x1a0c4506b00000feL;

  private static HistoryView history(List<Long> forgotten) {
    return new HistoryView(
        List.of(
            new Claim(new Origin(0x2122232425262728L, 1, OWN), OWN + 0x200),
            new Claim(new Origin(0x3132333435363738L, 0xfe, OTHERS), OTHERS + 0x300)),
        List.of(OWN + 0x100, OTHERS + 0x200),
        List.of(OTHERS + 0x400),
        forgotten);
  }

  @Test
  void history_isWrittenAsTheFileHasIt() {
    FrameWriter out = new FrameWriter(16);
    HistoryCodec.write(out, history(List.of(OTHERS + 0x100)));
    assertThat(out.toBytes()).isEqualTo(GOLDEN.get("history, 1.3"));
  }

  @Test
  void history_isRead() throws IOException {
    assertThat(HistoryCodec.read(new FrameReader(GOLDEN.get("history, 1.3"))))
        .isEqualTo(history(List.of(OTHERS + 0x100)));
  }

  @Test
  void historyOfAnOlderNode_tellsOfNothingForgotten() throws IOException {
    assertThat(HistoryCodec.read(new FrameReader(GOLDEN.get("history, 1.2"))))
        .isEqualTo(history(List.of()));
  }

  /** An older node reads what it knows, and no further. */
  @Test
  void history_beginsAsOlderNodesReadIt() {
    assertThat(GOLDEN.get("history, 1.3")).startsWith(GOLDEN.get("history, 1.2"));
  }
}
