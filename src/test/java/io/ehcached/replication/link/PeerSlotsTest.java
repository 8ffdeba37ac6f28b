package io.ehcached.replication.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.security.Refusal;
import org.junit.jupiter.api.Test;

/** Who gets one of the connections, and whose is taken for it. */
class PeerSlotsTest {
  private static final AcceptedSocket.Watcher NOBODY =
      new AcceptedSocket.Watcher() {
        @Override
        public void proved(AcceptedSocket socket) {}

        @Override
        public void refused(AcceptedSocket socket, Refusal refusal, String why) {}

        @Override
        public void closed(AcceptedSocket socket) {}
      };

  private final PeerSlots slots = new PeerSlots();

  private static AcceptedSocket socket() {
    return AcceptedSocket.of(TestLinks.settings(), NOBODY);
  }

  @Test
  void strangers_leaveAShareToKnownHosts() {
    for (int i = 0; i < PeerSlots.MOST - PeerSlots.KEPT; i++) {
      assertThat(slots.admit(socket(), false)).isNull();
    }
    AcceptedSocket oneMore = socket();
    assertThat(slots.admit(oneMore, false)).isSameAs(oneMore);
    for (int i = 0; i < PeerSlots.KEPT; i++) {
      assertThat(slots.admit(socket(), true)).isNull();
    }
  }

  @Test
  void knownHost_getsTheConnectionOfAStranger() {
    AcceptedSocket stranger = socket();
    assertThat(slots.admit(stranger, false)).isNull();
    for (int i = 1; i < PeerSlots.MOST; i++) {
      assertThat(slots.admit(socket(), true)).isNull();
    }
    AcceptedSocket newcomer = socket();
    assertThat(slots.admit(newcomer, true)).isSameAs(stranger);
    assertThat(slots.all()).hasSize(PeerSlots.MOST).contains(newcomer);
  }

  @Test
  void connectionsThatAreInUse_areNotTaken() {
    for (int i = 0; i < PeerSlots.MOST; i++) {
      assertThat(slots.admit(socket(), true)).isNull();
    }
    slots.all().forEach(AcceptedSocket::onUsed);
    AcceptedSocket newcomer = socket();
    assertThat(slots.admit(newcomer, true)).isSameAs(newcomer);
    slots.remove(slots.all().get(0));
    assertThat(slots.admit(newcomer, true)).isNull();
  }
}
