package io.ehcached.replication.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.replication.security.PeerSecurity.Change;
import io.ehcached.replication.settings.PeerSettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerSecurityTest {
  private static final String OLD = "the secret of last year";
  private static final String NEW = "the secret of this year";

  @TempDir Path directory;

  private Path write(String text) throws Exception {
    return Files.writeString(directory.resolve("secret"), text);
  }

  @Test
  void firstLine_provesThisNode_andAllAreAccepted() throws Exception {
    PeerSecurity security = PeerSecurity.fromSecretFile(write(" " + NEW + " \n\n" + OLD + "\n"));
    byte[] heartbeat = {1, 2, 3};

    assertThat(security.secret().heartbeatCode(heartbeat))
        .isEqualTo(Secret.of(NEW).heartbeatCode(heartbeat));
    for (String each : new String[] {OLD, NEW}) {
      assertThat(security.secret().accepts(Secret.of(each))).isTrue();
      assertThat(
              security
                  .secret()
                  .isHeartbeatCode(Secret.of(each).heartbeatCode(heartbeat), heartbeat))
          .isTrue();
    }
    assertThat(security.secret().accepts(Secret.of("the secret of nobody"))).isFalse();
    assertThat(
            security
                .secret()
                .isHeartbeatCode(
                    Secret.of("the secret of nobody").heartbeatCode(heartbeat), heartbeat))
        .isFalse();
    assertThat(security.accepted()).isEqualTo("2 secrets");
  }

  @Test
  void changedFile_isTakenOver_andOneThatCannotBeUsedIsNot() throws Exception {
    PeerSecurity security = PeerSecurity.fromSecretFile(write(OLD));
    assertThat(security.refresh()).isEqualTo(Change.NONE);
    write(OLD + "\n" + NEW);
    assertThat(security.refresh()).isEqualTo(Change.ADDED);
    write(NEW + "\n" + OLD);
    assertThat(security.refresh()).isEqualTo(Change.ADDED);
    int generation = security.generation();

    write(NEW + "\nshort");
    assertThatThrownBy(security::refresh)
        .isInstanceOf(PeerSettingsException.class)
        .hasMessageContaining("shorter than 16 characters");
    assertThat(security.secret().accepts(Secret.of(OLD))).isTrue();
    assertThat(security.generation()).isEqualTo(generation);

    write(NEW);
    assertThat(security.refresh()).isEqualTo(Change.REMOVED);
    assertThat(security.secret().accepts(Secret.of(OLD))).isFalse();
    assertThat(security.generation()).isGreaterThan(generation);
  }

  @Test
  void fileOfTooManySecrets_isRefused() throws Exception {
    Path file = write((OLD + "\n").repeat(5));
    assertThatThrownBy(() -> PeerSecurity.fromSecretFile(file))
        .hasMessageContaining("has 5 secrets, one a line; write no more than 4");
  }

  @Test
  void authorityThatIsGone_isNoLongerAccepted() throws Exception {
    TestStores stores =
        new TestStores(directory).keys("old", "new").trust("trust", "old").trust("other", "new");
    PeerSecurity security = PeerSecurity.tls(stores.files("old", "trust"));
    assertThat(security.refresh()).isEqualTo(Change.NONE);
    stores.trust("trust", "old", "new");
    assertThat(security.refresh()).isEqualTo(Change.ADDED);
    assertThat(security.accepted()).isEqualTo("2 authorities");
    stores.trust("trust", "new");
    assertThat(security.refresh()).isEqualTo(Change.REMOVED);

    Files.writeString(directory.resolve("trust.p12"), "no store");
    assertThatThrownBy(security::refresh).isInstanceOf(PeerSettingsException.class);
    assertThat(security.accepted()).isEqualTo("1 authorities");
  }
}
