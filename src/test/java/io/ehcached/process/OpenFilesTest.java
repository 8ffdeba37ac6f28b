package io.ehcached.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.options.UsageException;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
  @Test
  void enough_isNothingToTell() throws UsageException {
    assertThat(OpenFiles.check(1024, 1188, 100)).isEmpty();
  }

  @Test
  void notQuiteEnough_isWarnedOf() throws UsageException {
    assertThat(OpenFiles.check(1024, 1187, 100))
        .hasValue(
            "-c 1024: this process may have 1187 files open, of which about 1023 are left for"
                + " clients; raise that with ulimit -n 1188 (LimitNOFILE= in systemd)");
  }

  @Test
  void farTooFew_areRefused() {
    assertThatThrownBy(() -> OpenFiles.check(1024, 1000, 100))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "-c 1024: this process may have 1000 files open; raise that with ulimit -n 1188"
                + " (LimitNOFILE= in systemd), or write -c 836");
  }

  @Test
  void noneLeftForClients_isRefused() {
    assertThatThrownBy(() -> OpenFiles.check(10, 40, 30))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "-c 10: this process may have 40 files open, and a node needs 94 for itself; raise that"
                + " with ulimit -n 104 (LimitNOFILE= in systemd)");
    assertThatThrownBy(() -> OpenFiles.check(1024, 40, 30)).hasMessageContaining("ulimit -n 1118 ");
  }
}
