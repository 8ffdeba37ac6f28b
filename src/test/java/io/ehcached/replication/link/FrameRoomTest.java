package io.ehcached.replication.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

/** What frames may ask for before they have arrived. */
class FrameRoomTest {
  private static final int LARGE = 1 << 20;

  private final FrameRoom room = new FrameRoom(3 * LARGE, 1);

  /** Returns what comes before the bytes of a frame. */
  private static byte[] opening(int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0x4a, 0x52, 0x4d, 0x49, 0, 2, 0x4c, 0x50});
    ObjectOutputStream call = // as the runtime's own
        new ObjectOutputStream(bytes) {
          @Override
          protected void annotateClass(Class<?> type) throws IOException {
            writeObject(null);
          }
        };
    call.write(new byte[34]);
    call.writeObject(new byte[length]);
    call.flush();
    byte[] all = bytes.toByteArray();
    return java.util.Arrays.copyOf(all, all.length - length);
  }

  private CallBytes call(int length) throws IOException {
    CallBytes call = CallBytes.ofCalls(LARGE, room);
    byte[] opening = opening(length);
    for (int i = 0; i < opening.length; i++) { // in whatever pieces it comes
      call.take(opening, i, 1);
    }
    return call;
  }

  @Test
  void framesUnderWay_takeNoMoreThanThereIs() throws Exception {
    CallBytes one = call(LARGE);
    CallBytes two = call(LARGE);
    assertThatThrownBy(() -> call(LARGE)).hasMessage("too many large frames arrive at once");
    call(FrameRoom.FREE);
    one.turn(); // it is answered
    two.close();
    two.close();
    call(LARGE);
    call(LARGE);
    assertThatThrownBy(() -> call(LARGE)).isInstanceOf(IOException.class);
  }

  @Test
  void frameLongerThanTheRoom_arrivesAlone() throws Exception {
    FrameRoom small = new FrameRoom(LARGE / 2, 1);
    int taken = small.take(LARGE);
    assertThatThrownBy(() -> small.take(LARGE)).isInstanceOf(IOException.class);
    small.give(taken);
    assertThat(small.take(LARGE)).isEqualTo(taken);
  }

  @Test
  void frame_mayBeAsLongAsItSaysAndNoLonger() throws Exception {
    CallBytes call = call(LARGE);
    call.take(new byte[LARGE], 0, LARGE);
    assertThatThrownBy(() -> call.take(new byte[CallBytes.MAX_CALL], 0, CallBytes.MAX_CALL))
        .isInstanceOf(OversizedException.class);
  }

  @Test
  void frameAboveTheBound_isNoFrame() {
    assertThatThrownBy(() -> call(LARGE + 1))
        .isInstanceOf(OversizedException.class)
        .hasMessageContaining("a frame of 1048577 bytes");
  }
}
